/**
 * In: the scored paragraphs of a step. Out: the fields of `step_report` that sampling decides. Pure; a mean over nothing
 * is null, never NaN.
 */
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import type { Role } from '../../schemas/records/scored-group.ts';
import type { StepReport } from '../../schemas/records/step-report.ts';
import { predictionRewardError } from '../health/reward-error.ts';
import { explainedVariance } from './explained-variance.ts';
import { countStepTokens } from './to-training-groups.ts';

type SamplingFields =
  | 'paragraphs'
  | 'responseTokens'
  | 'maskRewardMean'
  | 'predictionRewardMean'
  | 'predictionRewardError'
  | 'usableMaskShare'
  | 'distinctMasksPerHundred'
  | 'truncatedMaskShare'
  | 'truncatedPredictionShare'
  | 'maskResponseTokensMean'
  | 'predictionResponseTokensMean'
  | 'sampledTokens'
  | 'criticExplainedVariance';

/** `oldestPolicyVersion` is null where the step sampled nothing. */
export type StepStatistics = Pick<StepReport, SamplingFields> & { readonly oldestPolicyVersion: number | null };

interface Rollout {
  readonly policyVersion: number;
  readonly responseTokens: readonly number[];
  readonly finishReason: 'stop' | 'length';
}

/** Rewards are averaged over scored rollouts; lengths and truncation over all that were sampled. */
export function stepStatistics(scored: readonly ScoredGroups[]): StepStatistics {
  const masks = scored.flatMap((message) => message.maskRollouts);
  const predictions = scored.flatMap((message) => message.predictions);
  const rollouts: readonly Rollout[] = [...masks, ...predictions];
  return {
    paragraphs: scored.length,
    oldestPolicyVersion: rollouts.reduce<number | null>(
      (oldest, { policyVersion }) => (oldest === null || policyVersion < oldest ? policyVersion : oldest),
      null,
    ),
    responseTokens: countStepTokens(scored),
    maskRewardMean: mean(rewardsOf(scored, 'mask')),
    predictionRewardMean: mean(rewardsOf(scored, 'predict')),
    predictionRewardError: predictionRewardError(scored),
    usableMaskShare: mean(masks.map((mask) => (mask.rejection === null ? 1 : 0))),
    distinctMasksPerHundred: distinctPerHundred(scored.flatMap((message) => message.passages.map((passage) => passage.maskText))),
    truncatedMaskShare: truncatedShare(masks),
    truncatedPredictionShare: truncatedShare(predictions),
    maskResponseTokensMean: mean(masks.map((mask) => mask.responseTokens.length)),
    predictionResponseTokensMean: mean(predictions.map((prediction) => prediction.responseTokens.length)),
    sampledTokens: rollouts.reduce((sum, rollout) => sum + rollout.responseTokens.length, 0),
    criticExplainedVariance: explainedVariance(scored),
  };
}

/** Distinct texts per 100 texts; null where there are none. */
export function distinctPerHundred(texts: readonly string[]): number | null {
  return texts.length === 0 ? null : (100 * new Set(texts).size) / texts.length;
}

function rewardsOf(scored: readonly ScoredGroups[], role: Role): number[] {
  return scored.flatMap((message) => message.groups.filter((group) => group.role === role).flatMap((group) => group.rewards));
}

function truncatedShare(rollouts: readonly Rollout[]): number | null {
  return mean(rollouts.map((rollout) => (rollout.finishReason === 'length' ? 1 : 0)));
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
