/** Eq. 9. In: how often a mask was predicted right, of how many tries. Out: its generator's reward in [0, 1). */

/** Stands in every generation group. */
export const generationRewardVersion = 'difficulty@1';

/**
 * r_gen = 1 - mean(r_pred), and 0 where that mean is 0: a mask that nobody can solve is noise, not difficulty.
 * @param solved right predictions; null where the mask was unusable, which pays 0.
 * @param attempts predictions made of it.
 */
export function generationReward(solved: number | null, attempts: number): number {
  if (solved === null || solved === 0 || attempts === 0) return 0;
  return (attempts - solved) / attempts;
}
