/**
 * The topics that a replay reads from or writes to. In: the log in the folder, the run's config and topology, what was asked. Out: the log to replay, and what publishes a step's samples, null where that
 * was not asked. Can go wrong: USAGE for samples to be put from what is no replay of the run itself; what `logFromTopic` and the bus throw.
 */
import type { StepLog } from '../../operators/ports/step-log.ts';
import type { Config } from '../../schemas/config/config.ts';
import type { RunBus } from '../distributed/run-bus.ts';
import type { Topology } from '../topology.ts';
import { logFromTopic } from './log-from-topic.ts';
import { logToTopic, type PublishStep } from './log-to-topic.ts';
import type { ReplayOptions } from './replay-options.ts';

export interface OpenedTopics {
  readonly log: StepLog;
  readonly publish: PublishStep | null;
  readonly close: () => Promise<void>;
}

export async function openTopics(log: StepLog, config: Config, topology: Topology, { from, to, parts }: ReplayOptions): Promise<OpenedTopics> {
  if (from === undefined && to === undefined) return { log, publish: null, close: () => Promise.resolve() };
  const run: RunBus = parts?.topics ?? (await (await import('../distributed/open-run-bus.ts')).openRunBus(config, { clientId: 'pretrainzero-replay' }));
  const close = (): Promise<void> => run.bus.close();
  try {
    return { log: from === undefined ? log : await logFromTopic(log, run), publish: to === undefined ? null : await logToTopic(run, topology), close };
  } catch (error) {
    await close();
    throw error;
  }
}
