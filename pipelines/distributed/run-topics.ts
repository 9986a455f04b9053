/** The topics and groups of a run. In: its config and topology. Out: their names, and what the topics are made with. Pure. */
import type { TopicSpec } from '../../operators/ports/message-bus.ts';
import type { Config } from '../../schemas/config/config.ts';
import type { Topology } from '../topology.ts';

/** Topics beside the edges, of one partition each. */
export const controlTopics = ['grants', 'admissions', 'policy-versions', 'step-commits', 'committed-steps', 'events', 'dead-letters'] as const;

export type ControlTopic = (typeof controlTopics)[number];

const hourMs = 3_600_000;

/** What stands before the names of all that belongs to a run. */
export function runPrefix({ run, kafka }: Config): string {
  return `${kafka.topicPrefix}.${run.name}.`;
}

/** Edges in order. */
export function edgeNames({ source, stages }: Topology): string[] {
  return [source.produces.name, ...stages.map((stage) => stage.produces.name)];
}

export function runTopics(config: Config, topology: Topology): TopicSpec[] {
  const { partitions, replicationFactor, retentionHours, maxMessageBytes } = config.kafka;
  const retention = String(Math.round(retentionHours * hourMs));
  const settings = { 'cleanup.policy': 'delete', 'max.message.bytes': String(maxMessageBytes), ...(replicationFactor > 1 && { 'min.insync.replicas': String(replicationFactor - 1) }) };
  const spec = (name: string, count: number, retentionMs: string): TopicSpec => ({
    name: runPrefix(config) + name,
    partitions: count,
    replicationFactor,
    settings: { ...settings, 'retention.ms': retentionMs },
  });
  // What a worker that starts late must know is kept: these messages are few and small.
  const kept: readonly ControlTopic[] = ['policy-versions', 'admissions', 'committed-steps'];
  return [...edgeNames(topology).map((name) => spec(name, partitions, retention)), ...controlTopics.map((name) => spec(name, 1, kept.includes(name) ? '-1' : retention))];
}

/** The group of a stage's workers, whichever they are. */
export function groupName(config: Config, stage: string): string {
  return runPrefix(config) + stage;
}
