/**
 * Eq. 10. In: the rewards of one group. Out: advantages, (r - mean) / std. The standard deviation is the sample's (n - 1), as in the
 * trainers of the field (TRL and verl, by torch.std). They add 1e-4 or 1e-6 to it against division by 0; groups
 * without variance are found by count here (`group-filter.ts`) and never get so far, so nothing is added.
 */

/** Advantages in the order of the rewards. The group must hold two different rewards. */
export function advantages(rewards: readonly number[]): number[] {
  const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
  const squares = rewards.reduce((sum, reward) => sum + (reward - mean) ** 2, 0);
  const std = Math.sqrt(squares / (rewards.length - 1));
  return rewards.map((reward) => (reward - mean) / std);
}
