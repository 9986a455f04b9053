/**
 * In: one row's distribution and a uniform number. Out: a token and its log-probability. Wrong: NOT_A_NUMBER where the
 * distribution is none.
 */
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import { summariseRow, type TokenDistributions } from '../model/token-distributions.ts';

export interface PickedToken {
  readonly token: number;
  /** Natural logarithm, rounded to float32. */
  readonly logprob: number;
}

/**
 * Inverse of the cumulative distribution, summed in float64 in the order of the vocabulary.
 * @param draw in [0, 1); null takes the most probable token
 */
export function pickToken(distributions: TokenDistributions, row: number, draw: number | null): PickedToken {
  const { best, logNormaliser } = summariseRow(distributions, row);
  if (!Number.isFinite(logNormaliser)) throw new PretrainZeroError('NOT_A_NUMBER', 'The model gives logits that are not finite');
  const token = draw === null ? best : invert(distributions, row, draw, best);
  const logit = distributions.logits[row * distributions.vocabularySize + token]!;
  return { token, logprob: Math.fround(logit - logNormaliser) };
}

function invert({ probabilities, vocabularySize }: TokenDistributions, row: number, draw: number, fallback: number): number {
  const start = row * vocabularySize;
  let sum = 0;
  for (let i = 0; i < vocabularySize; i++) {
    sum += probabilities[start + i]!;
    if (sum > draw) return i;
  }
  return fallback; // the sum of float32 probabilities may end a little below 1
}
