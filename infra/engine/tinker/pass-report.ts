/**
 * What a pass did, from the log-probabilities that the server gives back. In: the request's loss, each response, its tokens' log-probabilities under the present weights. Out: the port's report. Pure.
 *
 * The entropy is estimated by the tokens that were sampled: -log p, which is the entropy in expectation on-policy; the server does not tell the distributions. Nothing is capped there.
 */
import type { AccumulateReport, AccumulateRequest } from '../../../operators/ports/engine.ts';
import { LossStatistics } from '../tfjs/training/loss-statistics.ts';
import { tokenLoss } from '../tfjs/training/token-loss.ts';
import type { DatumOf } from './to-data.ts';

/** @param logprobs one array a datum, of the response's tokens alone */
export function passReport({ loss, stepTokens }: Pick<AccumulateRequest, 'loss' | 'stepTokens'>, data: readonly DatumOf[], logprobs: readonly Float32Array[]): AccumulateReport {
  const uncapped = loss.kind === 'grpo' ? { ...loss, ratioCap: Number.POSITIVE_INFINITY } : loss;
  const statistics = new LossStatistics();
  data.forEach(({ response, datum, finite }, i) => {
    statistics.addPositions(datum.inputTokens.length, datum.inputTokens.length);
    if (!finite) return;
    logprobs[i]!.forEach((logprob, t) => {
      const sampled = loss.kind === 'grpo' ? response.logprobs[t]! : logprob;
      statistics.addToken(tokenLoss(uncapped, logprob, sampled, response.advantage), 1 / stepTokens, -logprob, Math.abs(logprob - sampled));
    });
  });
  return statistics.report(data.filter(({ finite }) => !finite).map(({ response }) => response.id));
}
