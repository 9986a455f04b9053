/**
 * Eq. 10 and its relatives. In: the rewards of one group, how advantages are formulated, and baselines where the group's own are not wanted. Out: advantages, in order; with a
 * formulation whose scale is the step's, the differences that `whiten-step.ts` goes on with. Pure.
 */
import type { Formulation } from './formulations.ts';

/** @param baselines what each reward is compared with: a critic's values in place of the group's. */
export function advantages(rewards: readonly number[], { scale, baselines: own }: Formulation, baselines: readonly number[] = own(rewards)): number[] {
  const differences = rewards.map((reward, i) => reward - baselines[i]!);
  if (scale !== 'group-std' || differences.every((difference) => difference === 0)) return differences;
  const squares = differences.reduce((sum, difference) => sum + difference ** 2, 0);
  const std = Math.sqrt(squares / (rewards.length - 1));
  return differences.map((difference) => difference / std);
}
