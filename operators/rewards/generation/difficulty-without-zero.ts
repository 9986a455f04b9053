/** Eq. 9 without its second line. In: the masks of a group. Out: of each the share of wrong predictions, also where it is all of them. Pure. */
import type { GenerationRule } from './generation-rule.ts';

/** r_gen = 1 - mean(r_pred): noise pays most. The paper's ablation. */
export const difficultyWithoutZero: GenerationRule = {
  version: 'difficulty-without-zero@1',
  needs: 'counts',
  rewards: (masks) => masks.map((mask) => (mask === null ? 0 : (mask.attempts - mask.solved) / mask.attempts)),
};
