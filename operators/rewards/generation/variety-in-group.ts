/** Duplicates of a group share their pay. In: the masks of a group. Out: of each its difficulty, divided. Pure. */
import { missedOf } from './difficulty.ts';
import type { GenerationRule } from './generation-rule.ts';

/** r_gen = d / n, with d of eq. 9 and n how many masks of the group have this text. */
export const varietyInGroup: GenerationRule = {
  version: 'variety-in-group@1',
  needs: 'group',
  rewards: (masks) =>
    masks.map((mask) => {
      const copies = masks.filter((other) => other?.text === mask?.text).length;
      return missedOf(mask) / ((mask?.attempts ?? 1) * copies);
    }),
};
