/** A span pays for what was learned of it. In: the masks of a group, and earlier predictions of the same texts. Out: the rise of each solved share. Pure. */
import { missedOf } from './difficulty.ts';
import type { GenerationRule } from './generation-rule.ts';

/**
 * r_gen = max(0, s - s'), with s the share of right predictions and s' that of all predictions of the same text by earlier policy versions, in the `rewards.recentSteps` before this
 * step. A text without earlier predictions has nothing to be compared with and pays its difficulty (eq. 9). What is mastered (s = s' = 1), what is noise (0) and what stays a matter of
 * chance pay no longer once they are known. Of G predictions a share is known to about 1 / (2 sqrt G), and the upper half of that error pays.
 */
export const progress: GenerationRule = {
  version: 'progress@1',
  needs: 'recent-steps',
  rewards: (masks, history) =>
    masks.map((mask) => {
      if (mask?.policyVersion == null) return 0;
      const { solved, attempts } = mask;
      const before = history.solvedBefore(mask.text, mask.policyVersion);
      if (before.attempts === 0) return missedOf(mask) / attempts;
      return Math.max(0, solved * before.attempts - before.solved * attempts) / (attempts * before.attempts);
    }),
};
