/** Replayed steps on their way to topics. In: the run's topics, made here; steps that were found to be as logged. Out: what `openTopicLog` reads. Can go wrong: what the bus throws. */
import type { StepCommit } from '../../operators/ports/run-store.ts';
import { toCorpusPosition } from '../../operators/replay/log-position.ts';
import type { LoggedStepHead } from '../../operators/ports/step-log.ts';
import { stepToCommit, type StepToCommit } from '../../schemas/records/control-messages.ts';
import { scoredGroups } from '../../schemas/records/edges.ts';
import type { RunBus } from '../distributed/run-bus.ts';
import { replayedTopics } from './log-topics.ts';

export type PublishStep = (commit: StepCommit, head: LoggedStepHead) => Promise<void>;

/** Of the run's start: a replay begins none. */
const epoch = 1;

/** What lay there of an earlier replay is deleted. */
export async function openStepPublisher(run: RunBus): Promise<PublishStep> {
  const { replicationFactor, maxMessageBytes } = run.config.kafka;
  const settings = { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'max.message.bytes': String(maxMessageBytes) };
  const topics = Object.values(replayedTopics).map((name: string) => ({ name: run.topic(name), partitions: 1, replicationFactor, settings }));
  await run.bus.deleteTopics(topics.map(({ name }) => name));
  await run.bus.createTopics(topics);
  return async (commit, { trainedFrom }) => {
    const { step, paragraphs, gradientBatches, evaluations, deadLetters, report } = commit;
    for (const record of paragraphs) await run.publish(replayedTopics.groups, scoredGroups, record, { epoch, step, id: record.paragraph.id });
    const corpusPosition = JSON.stringify(trainedFrom === null ? {} : toCorpusPosition(trainedFrom));
    const paragraphIds = paragraphs.map(({ paragraph }) => paragraph.id);
    const record: StepToCommit = { step, paragraphIds, gradientBatches, evaluations, deadLetters, report, corpusPosition, pendingIds: [], pendingLetters: [], checkpoint: null };
    await run.publish(replayedTopics.steps, stepToCommit, record, { epoch, step, id: `step/${step}` }); // after its paragraphs: a step that is there is whole
  };
}
