/**
 * How far chance moves a step's share of right predictions. In: the step's scored paragraphs. Out: the standard error of `predictionRewardMean`. Pure.
 *
 * Predictions of a paragraph resemble each other, so the paragraph is what counts as drawn: the error of a ratio of sums over paragraphs, (sum of rewards) / (number of predictions).
 */
import type { ScoredGroups } from '../../schemas/records/edges.ts';

/** Null for fewer than two paragraphs with predictions. */
export function predictionRewardError(scored: readonly ScoredGroups[]): number | null {
  const paragraphs = scored.map(({ groups }) => groups.filter(({ role }) => role === 'predict').flatMap(({ rewards }) => rewards)).filter((rewards) => rewards.length > 0);
  if (paragraphs.length < 2) return null;
  const total = paragraphs.reduce((sum, rewards) => sum + rewards.length, 0);
  const sums = paragraphs.map((rewards) => rewards.reduce((sum, reward) => sum + reward, 0));
  const mean = sums.reduce((sum, own) => sum + own, 0) / total;
  const squares = paragraphs.reduce((sum, { length }, i) => sum + (sums[i]! - length * mean) ** 2, 0);
  return Math.sqrt((squares / total ** 2) * (paragraphs.length / (paragraphs.length - 1)));
}
