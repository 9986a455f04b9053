/**
 * Starts a run where the config says: in this process, or over Kafka with one worker of each stage as a child of it. In: a resolved config, and where the run shall live. Out: a `Run`. Can go wrong: what the
 * two throw; USAGE for parts, a topology or instruments of one's own over Kafka, whose workers are processes that cannot be given them.
 */
import type { Config } from '../schemas/config/config.ts';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';
import { launchDistributed } from './distributed/launch-distributed.ts';
import { launch, launchEvents, type LaunchOptions, type Run } from './launch.ts';

export function launchByTransport(config: Config, options: LaunchOptions): Run {
  if (config.transport === 'memory') return launch(config, options);
  const { directory, resume = false, signal = new AbortController().signal, ...own } = options;
  const [given] = Object.keys(own);
  if (given === undefined) return launchDistributed(config, { directory, resume, workers: {}, signal });
  const what = `transport is kafka, and workers are processes of their own, which cannot be given \`${given}\`; start them with \`supervise\`, each a program of yours that calls \`runWorker\``;
  return launchEvents(() => Promise.reject(new PretrainZeroError('USAGE', what)));
}
