/**
 * A replay that reads from topics, or writes to them. In: the run's folder, whose config says where its topics are, and what is asked. Out: the same with the log, and with what takes each replayed step; both end with the
 * replay. Can go wrong: USAGE for what topics cannot answer; what connecting and reading throw.
 */
import { join } from 'node:path';
import { loadConfig } from '../../infra/config/load-config.ts';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { openRunBus } from '../distributed/open-run-bus.ts';
import { openStepPublisher, type PublishStep } from './publish-steps.ts';
import type { ReplayOptions } from './replay-options.ts';
import { openTopicLog } from './topic-log.ts';

export async function withTopics<T>(directory: string, options: ReplayOptions, work: (options: ReplayOptions, publish: PublishStep | null) => Promise<T>): Promise<T> {
  const { from, to, gradients, train } = options;
  if (from === undefined && to === undefined) return work(options, null);
  if (from !== undefined && to !== undefined) throw new PretrainZeroError('USAGE', '--from kafka reads a log from topics, --to kafka puts one there: one of them');
  if (from !== undefined && gradients === true) throw new PretrainZeroError('USAGE', '--gradients begins from checkpoints, which lie in the folder of the run and not on topics');
  if (to !== undefined && (gradients === true || train !== undefined || options.change !== undefined)) throw new PretrainZeroError('USAGE', '--to kafka publishes the steps of a replay of values, not of --gradients, --train or --pipeline');
  const file = join(directory, 'config.yaml');
  if ((await nodeFileSystem.size(file)) === null) throw new PretrainZeroError('RUN_NOT_FOUND', 'the folder holds no config of a run', { file: directory });
  const { config } = await loadConfig(file, { set: options.set ?? [] });
  const run = await (options.parts?.connect ?? ((own) => openRunBus(own, { clientId: 'pretrainzero-replay' })))(config);
  try {
    if (to !== undefined) return await work(options, await openStepPublisher(run));
    return await work({ ...options, parts: { ...options.parts, log: await openTopicLog(run) } }, null);
  } finally {
    await run.bus.close();
  }
}
