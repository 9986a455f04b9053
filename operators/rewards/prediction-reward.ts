/** Eq. 8. In: a predicted answer and the hidden text. Out: 1 where they are equal, else 0. */
import { normaliseAnswer } from '../rollouts/parse-answer.ts';

/** Stands in every prediction group. */
export const predictionRewardVersion = 'exact-match@1';

/** Exact match after the whitespace rule; an empty or missing answer is never right. */
export function isExactMatch(answer: string | null, maskText: string): boolean {
  return answer !== null && answer !== '' && normaliseAnswer(answer) === normaliseAnswer(maskText);
}

/** r_pred: 1 or 0. */
export function predictionReward(correct: boolean): 0 | 1 {
  return correct ? 1 : 0;
}
