/** Entropies of the distributions that the tokens of a text are draws of, at temperature 1, one pass. In: a text. Out: one number a token. Wrong: OUT_OF_MEMORY. */
import type { EntropyText } from '../../../../operators/ports/engine.ts';
import { disposeForward, forward } from '../model/forward.ts';
import { packShared } from '../model/packed-batch.ts';
import type { PolicyModel } from '../model/policy-model.ts';
import { openLosses } from './pass-losses.ts';

/** @returns nats; float32 values */
export function entropyPass({ promptTokens, tokens }: EntropyText, model: PolicyModel): number[] {
  if (tokens.length === 0) return [];
  const batch = packShared([{ promptTokens, responses: [tokens] }]);
  const result = forward(model, batch, 'nothing');
  const losses = openLosses(model.weights.head, result.output.values, batch, [{ tokens }], 1);
  try {
    return Array.from(losses.logprobs()[0]!.entropies, Math.fround);
  } finally {
    losses.dispose();
    disposeForward(result);
  }
}
