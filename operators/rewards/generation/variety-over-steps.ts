/** A text pays less the more often it was masked of late. In: the masks of a group, and what was masked. Out: of each its difficulty, divided. Pure. */
import { missedOf } from './difficulty.ts';
import type { GenerationRule } from './generation-rule.ts';

/**
 * r_gen = d / c, with d of eq. 9 and c how often the text was masked in this step and the `rewards.recentSteps` before it, in whatever paragraph, this mask among them. A phrase that
 * the generator has settled on is masked hundreds of times in a window and pays next to nothing; duplicates within a group share what is left.
 */
export const varietyOverSteps: GenerationRule = {
  version: 'variety-over-steps@1',
  needs: 'recent-steps',
  rewards: (masks, history) => masks.map((mask) => (mask === null ? 0 : missedOf(mask) / (mask.attempts * history.timesMasked(mask.text)))),
};
