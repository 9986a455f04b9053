/**
 * Replay of updates. In: an opened replay. Out: the first difference between the log and what a model makes of it, weights included; null where there is none. It begins from the newest whole
 * checkpoint before the first step, or the base model, and goes step by step: samples from the log, gradients from the engine. At each checkpoint that the manifest
 * names the weights are compared, also where it is gone since: its checksums are not. Can go wrong: MODEL_*, BACKEND_UNAVAILABLE, what the engine throws.
 */
import type { Engine } from '../../operators/ports/engine.ts';
import type { Difference } from '../../operators/replay/difference.ts';
import { openEngine } from '../open-engine.ts';
import { resolveModel } from '../resolve-model.ts';
import { checkpointBefore } from './checkpoint-before.ts';
import { computedUpdates } from './computed-updates.ts';
import type { OpenedReplay } from './open-replay.ts';
import type { EmitReplay } from './replay-events.ts';
import type { ReplayOptions } from './replay-options.ts';
import { replayValues } from './replay-values.ts';

export async function replayGradients(opened: OpenedReplay, { parts }: ReplayOptions, emit: EmitReplay, signal: AbortSignal): Promise<Difference | null> {
  const { log, range, config } = opened;
  const start = await checkpointBefore(log, range.from);
  if (start !== null) emit({ type: 'note', message: `the updates are computed from the checkpoint of step ${start.step} on` });
  else emit({ type: 'note', message: `the updates are computed from the base model on (${config.model.path})` });
  const engine: Engine = parts?.engine ?? (await openEngine(config, await resolveModel(config.model.path)));
  try {
    if (start !== null) await engine.load(start.directory);
    const updates = computedUpdates(engine, opened, emit);
    return await replayValues({ ...opened, range: { from: (start?.step ?? 0) + 1, to: range.to } }, updates, emit, signal);
  } finally {
    if (parts?.engine === undefined) await engine.close();
  }
}
