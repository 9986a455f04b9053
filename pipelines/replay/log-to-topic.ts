/**
 * Puts a log's samples onto a topic of the run, `replay`, for whoever reads messages, and for `--from kafka`. In: the run's topics and topology. Out: what publishes a step's paragraphs, each a message of
 * the edge `scored-groups`. Published again, a paragraph stands there again: readers take the last. Can go wrong: what the bus throws.
 */
import { scoredGroups, type ScoredGroups } from '../../schemas/records/edges.ts';
import type { RunBus } from '../distributed/run-bus.ts';
import { runTopics } from '../distributed/run-topics.ts';
import type { Topology } from '../topology.ts';

export const replayTopic = 'replay';

export type PublishStep = (messages: readonly ScoredGroups[]) => Promise<void>;

export async function logToTopic(run: RunBus, topology: Topology): Promise<PublishStep> {
  const { config, bus } = run;
  const [edge] = runTopics(config, topology);
  await bus.createTopics([{ ...edge!, name: run.topic(replayTopic) }]);
  return (messages) =>
    bus.publish(
      run.topic(replayTopic),
      messages.flatMap((record) => {
        const { id, step, slot } = record.paragraph;
        return run.encode(scoredGroups, record, { epoch: 1, step, id, partition: slot % config.kafka.partitions });
      }),
    );
}

/** The edge that leads into the gradient sink, with all that was made of a paragraph. */
export const scoredEdge = 'scored-groups';
