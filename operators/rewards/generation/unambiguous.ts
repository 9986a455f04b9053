/** Misses that come again do not pay. In: the masks of a group, and earlier predictions of the same texts. Out: of each the share of new misses. Pure. */
import type { GenerationRule } from './generation-rule.ts';

/**
 * r_gen = the share of predictions that are wrong with an answer which no earlier policy version gave to the same text, in the `rewards.recentSteps` before this step; 0 where none is right.
 * Where the wording is a matter of chance ("It" or "Its"), answers split among a few forms for ever: all of them are known after a step or two, and the span pays nothing, however hard
 * eq. 9 finds it. What is being learned is missed in changing ways. A text that was not asked lately pays its difficulty (eq. 9).
 */
export const unambiguous: GenerationRule = {
  version: 'unambiguous@1',
  needs: 'recent-steps',
  rewards: (masks, history) =>
    masks.map((mask) => {
      if (mask?.policyVersion == null || mask.solved === 0) return 0;
      const { text, policyVersion, wrongAnswers, attempts } = mask;
      return wrongAnswers.filter((answer) => !history.missedBefore(text, answer, policyVersion)).length / attempts;
    }),
};
