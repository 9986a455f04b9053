/** Sums of one or more passes, as `AccumulateReport` has them. */
import type { AccumulateReport } from '../../../../operators/ports/engine.ts';
import type { ValueError } from '../critic/value-head.ts';
import type { TokenLoss } from './token-loss.ts';

type Sums = { -readonly [K in keyof Omit<AccumulateReport, 'notFinite'>]-?: number };

export class LossStatistics {
  readonly #sums: Sums = {
    loss: 0,
    responseTokens: 0,
    clippedLowTokens: 0,
    clippedHighTokens: 0,
    cappedTokens: 0,
    ratioSum: 0,
    entropySum: 0,
    logprobDriftSum: 0,
    logprobDriftMax: 0,
    valueErrorSum: 0,
    valueResponses: 0,
    tokensComputed: 0,
    tokensInRows: 0,
  };

  /** @param share the token's weight in the mean: 1 / tokens of the step; @param drift |log p(training) - log p(sampling)|, nats */
  addToken({ loss, ratio, clipped, capped }: TokenLoss, share: number, entropy: number, drift: number): void {
    const sums = this.#sums;
    sums.loss += loss * share;
    sums.responseTokens += 1;
    sums.clippedLowTokens += clipped === 'low' ? 1 : 0;
    sums.clippedHighTokens += clipped === 'high' ? 1 : 0;
    sums.cappedTokens += capped ? 1 : 0;
    sums.ratioSum += ratio;
    sums.entropySum += entropy;
    sums.logprobDriftSum += drift;
    sums.logprobDriftMax = Math.max(sums.logprobDriftMax, drift);
  }

  addValues({ squares, responses }: ValueError): void {
    this.#sums.valueErrorSum += squares;
    this.#sums.valueResponses += responses;
  }

  /** @param inRows positions that separate rows would have computed */
  addPositions(computed: number, inRows: number): void {
    this.#sums.tokensComputed += computed;
    this.#sums.tokensInRows += inRows;
  }

  /** Adds what another pass reported. */
  addReport(report: AccumulateReport): void {
    const sums = this.#sums;
    for (const key of Object.keys(sums) as (keyof Sums)[]) {
      sums[key] = key === 'logprobDriftMax' ? Math.max(sums[key], report[key]) : sums[key] + (report[key] ?? 0);
    }
  }

  report(notFinite: readonly string[]): AccumulateReport {
    return { ...this.#sums, notFinite };
  }
}
