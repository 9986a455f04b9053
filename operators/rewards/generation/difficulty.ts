/** Eq. 9, the paper's reward. In: the masks of a group. Out: of each how hard it was. Pure. */
import type { GenerationRule, MaskOutcome } from './generation-rule.ts';

/** r_gen = 1 - mean(r_pred), and 0 where that mean is 0: a mask that nobody can solve is noise, not difficulty. */
export const difficulty: GenerationRule = {
  version: 'difficulty@1',
  needs: 'counts',
  rewards: (masks) => masks.map((mask) => missedOf(mask) / (mask?.attempts ?? 1)),
};

/** Wrong predictions that eq. 9 pays for: none where there is no right one. */
export function missedOf(mask: MaskOutcome): number {
  return mask === null || mask.solved === 0 ? 0 : mask.attempts - mask.solved;
}
