/**
 * Computes prompts, each once. In: prompts. Out: for each its cache and the hidden state that predicts the first token. Wrong: OUT_OF_MEMORY.
 * The caches belong to the caller.
 */
import { disposeForward, forward } from '../model/forward.ts';
import { packApart } from '../model/packed-batch.ts';
import { passTokens, splitIntoPasses } from '../model/passes.ts';
import type { PolicyWeights } from '../model/policy-weights.ts';
import type { RopeTable } from '../model/rope-table.ts';
import { gatherRows } from '../model/rows.ts';
import { PrefixCache } from './prefix-cache.ts';

export interface Prefilled {
  readonly cache: PrefixCache;
  /** [width], normed. */
  readonly hidden: Float32Array;
}

/** Yields pass by pass. */
export function* prefill(
  weights: PolicyWeights,
  prompts: readonly (readonly number[])[],
  ropes: readonly RopeTable[],
): Generator<Prefilled[]> {
  const { config } = weights;
  for (const pass of splitIntoPasses(prompts, (prompt) => prompt.length, passTokens(config))) {
    const batch = packApart(pass.map((promptTokens) => ({ promptTokens, responses: [] })));
    const caches = batch.prompts.map(({ rows }) => new PrefixCache(config, rows));
    const result = forward({ weights, ropes }, batch, {
      keep: 'nothing',
      onHeads: (_, heads) => {
        for (const cache of caches) cache.addLayer(heads);
      },
    });
    const hidden = result.output.values.dataSync<'float32'>();
    disposeForward(result);
    yield caches.map((cache, i) => ({ cache, hidden: gatherRows(hidden, config.width, Int32Array.of(batch.prompts[i]!.output)) }));
  }
}
