/** In: a committed step. Out: its figures in words, those that the pipeline has. Pure. */
import type { StepDone } from '../../../pipelines/run-events.ts';
import { count, decimal, percent, rate } from '../amounts.ts';

/** How well the roles did. */
export function learningFigures({ report }: StepDone): string[] {
  const { predictionRewardMean, maskRewardMean, usableMaskShare, distinctMasksPerHundred, loss } = report;
  const rewards = [maskRewardMean === null ? [] : [`masks ${decimal(maskRewardMean, 2)}`], predictionRewardMean === null ? [] : [`predictions ${decimal(predictionRewardMean, 2)}`]].flat();
  return [
    predictionRewardMean === null ? [] : [`right ${percent(predictionRewardMean)}`],
    rewards.length === 0 ? [`loss ${decimal(loss, 3)}`] : [`reward ${rewards.join(', ')}`],
    usableMaskShare === null ? [] : [`usable masks ${percent(usableMaskShare)}`],
    distinctMasksPerHundred === null ? [] : [`distinct ${decimal(distinctMasksPerHundred, 0)}/100`],
  ].flat();
}

/** How much was done, and how fast. */
export function workFigures({ report, timing }: StepDone): string[] {
  const admitted = report.ledger.reduce((sum, line) => sum + line.admitted, 0);
  const trained = report.ledger.reduce((sum, line) => sum + line.trained, 0);
  const sampledRate = rate(report.sampledTokens, timing.generateMs);
  const trainedRate = rate(report.tokensComputed, timing.trainMs);
  return [
    admitted === 0 ? [] : [`trained on ${count(trained)} of ${count(admitted)} rollouts`],
    sampledRate === null || report.sampledTokens === 0 ? [] : [`sampled ${count(sampledRate)} tokens/s`],
    trainedRate === null || report.tokensComputed === 0 ? [] : [`trained ${count(trainedRate)} tokens/s`],
    report.tokensComputed === report.tokensInRows ? [] : [`computed ${percent(report.tokensComputed / report.tokensInRows)} of tokens in rows`],
  ].flat();
}

/** The failure signs, those that can be told. */
export function signFigures({ report: { instability, harm, imbalance, barren } }: StepDone): string[] {
  return [
    instability === null ? [] : [`instability ${decimal(instability, 3)}`],
    harm === null ? [] : [`harm ${decimal(harm, 3)}`],
    imbalance === null ? [] : [`imbalance ${decimal(imbalance, 3)}`],
    barren === null ? [] : [`barren ${decimal(barren, 3)}`],
  ].flat();
}
