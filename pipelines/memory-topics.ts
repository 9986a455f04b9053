/**
 * One memory topic per edge. In: a topology. Out: its topics, typed as the edges are. Can go wrong: a message that is not of
 * its edge's record is RECORD_INVALID where it is published, naming the field.
 */
import { createMemoryTopic } from '../infra/topics/memory-topic.ts';
import type { Topic, TopicState } from '../operators/ports/topic.ts';
import { checkRecord } from '../schemas/check-record.ts';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';
import { policyVersions, type Edge, type MessageOf } from './edges.ts';
import type { Topology } from './topology.ts';

export interface MemoryTopics {
  of<E extends Edge>(edge: E): Topic<MessageOf<E>>;
  /** From the corpus to the update, then the way back. */
  states(): TopicState[];
}

export function createMemoryTopics({ source, stages }: Topology): MemoryTopics {
  const edges: Edge[] = [source.produces, ...stages.map((stage) => stage.produces), policyVersions];
  const topics = new Map(
    edges.map((edge) => [edge.name, createMemoryTopic<unknown>({ name: edge.name, check: (message) => requireRecord(edge, message) })]),
  );
  return {
    of<E extends Edge>(edge: E) {
      const topic = topics.get(edge.name);
      if (topic === undefined) throw new PretrainZeroError('USAGE', `no stage of the pipeline produces the edge ${edge.name}`);
      return topic as Topic<MessageOf<E>>; // an edge's name stands for its record throughout a topology
    },
    states: () => [...topics.values()].map((topic) => topic.state()),
  };
}

function requireRecord({ name, carries }: Edge, message: unknown): void {
  const [issue] = checkRecord(carries, message);
  if (issue === undefined) return;
  throw new PretrainZeroError('RECORD_INVALID', `a message on the edge ${name} is no ${carries.name}: ${issue.path}: ${issue.message}`);
}
