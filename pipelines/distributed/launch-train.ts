/**
 * The gradient sink as a worker. In: the config, the topics, where the run's folder and the weights lie. Out: a `Run`, as `launch` gives it. Can go wrong: what `launch`, the topics
 * and the update throw.
 */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { ParagraphSource } from '../../operators/ports/paragraph-source.ts';
import { launchWith, type LaunchOptions, type Run } from '../launch.ts';
import type { RunParts } from '../run-parts.ts';
import { beginEpoch, type BeginEpochOptions } from './begin-epoch.ts';
import { runSink } from './run-sink.ts';

export interface LaunchTrainOptions extends BeginEpochOptions, Pick<LaunchOptions, 'topology' | 'signal' | 'runner'> {
  readonly parts?: Partial<RunParts>;
}

/** The source is another worker's. */
const noSource: ParagraphSource = { open: () => Promise.reject(new PretrainZeroError('USAGE', 'the gradient sink reads no corpus')) };

/** Null where the signal came before the epoch began. */
export async function launchTrain(options: LaunchTrainOptions): Promise<Run | null> {
  const { run, weights, directory, parts, topology, signal, runner } = options;
  const sink = await beginEpoch(options);
  if (sink === null) return null;
  const resumed = (await sink.store.resumePoint()).step > 0;
  return launchWith((pipeline, opened) => runSink(pipeline, opened, { run, weights, sink }), run.config, {
    directory,
    resume: resumed,
    parts: { source: noSource, ...parts, store: sink.store },
    ...(topology && { topology }),
    ...(signal && { signal }),
    ...(runner && { runner }),
  });
}
