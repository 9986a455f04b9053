/**
 * How much of the rewards a critic foretold. In: a step's scored paragraphs. Out: 1 - Var(r - V) / Var(r) over the rollouts of its groups, V as logged with each: 1 for a critic that foretells each
 * reward, 0 for one that says the same of all, below 0 for one that is worse than that. Null without values, or where all rewards are equal. Pure.
 *
 * V is of the prompt, so what differs within a group nobody can foretell: the best is the share of the variance that lies between prompts.
 */
import type { ScoredGroups } from '../../schemas/records/edges.ts';

export function explainedVariance(scored: readonly ScoredGroups[]): number | null {
  const valued = scored.flatMap(({ maskRollouts, predictions, groups }) => {
    const values = new Map([...maskRollouts, ...predictions].flatMap(({ id, value }) => (value === null ? [] : [[id, value]])));
    if (values.size === 0) return [];
    return groups.flatMap(({ rolloutIds, rewards }) => rolloutIds.flatMap((id, i) => (values.has(id) ? [{ reward: rewards[i]!, value: values.get(id)! }] : [])));
  });
  if (valued.every(({ reward }) => reward === valued[0]!.reward)) return null;
  return 1 - spread(valued.map(({ reward, value }) => reward - value)) / spread(valued.map(({ reward }) => reward));
}

/** Sum of squares about the mean. */
function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
