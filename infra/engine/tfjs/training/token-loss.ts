/**
 * The loss of one response token and its derivative with regard to the token's log-probability. In: log-probabilities, advantage, the loss's
 * settings. Out: both, before division by the step's tokens. Nothing can go wrong; what is not finite comes out not finite.
 */
import type { AccumulateRequest, GrpoLoss } from '../../../../operators/ports/engine.ts';

export interface TokenLoss {
  readonly loss: number;
  /** d loss / d log p */
  readonly slope: number;
  /** p under the weights being trained / p when sampled. */
  readonly ratio: number;
  readonly clipped: 'low' | 'high' | null;
  readonly capped: boolean;
}

/**
 * GRPO (eq. 10, 11; clip-higher of DAPO), with r the ratio and r' = min(r, ratioCap):
 * loss = -min(r' A, clip(r, 1 - clipLow, 1 + clipHigh) A); its slope is -A r', or 0 where the clip is the smaller.
 * Cross-entropy: loss = -w log p, w the advantage.
 */
export function tokenLoss(loss: AccumulateRequest['loss'], logprob: number, sampledLogprob: number, advantage: number): TokenLoss {
  if (loss.kind === 'cross-entropy') return { loss: -advantage * logprob, slope: -advantage, ratio: 1, clipped: null, capped: false };
  const ratio = Math.exp(logprob - sampledLogprob);
  const clipped = clipSide(loss, ratio, advantage);
  if (clipped !== null) {
    const bound = clipped === 'high' ? 1 + loss.clipHigh : 1 - loss.clipLow;
    return { loss: -bound * advantage, slope: 0, ratio, clipped, capped: false };
  }
  const used = Math.min(ratio, loss.ratioCap);
  return { loss: -used * advantage, slope: -used * advantage, ratio, clipped, capped: ratio > loss.ratioCap };
}

function clipSide({ clipLow, clipHigh }: GrpoLoss, ratio: number, advantage: number): 'low' | 'high' | null {
  if (advantage > 0 && ratio > 1 + clipHigh) return 'high';
  if (advantage < 0 && ratio < 1 - clipLow) return 'low';
  return null;
}
