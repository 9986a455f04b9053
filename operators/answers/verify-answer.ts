/** The verifier of answers. In: an answer, the expected one, and how they are compared. Out: true where the answer is right; none is never right. Pure. */
import type { Config } from '../../schemas/config/config.ts';
import { isExactMatch } from '../rewards/prediction-reward.ts';
import { choiceOf } from './choice-of.ts';
import { isEquivalentAnswer } from './equivalent-answer.ts';
import { isSameNumber } from './same-number.ts';

export type Verifier = Readonly<Config['verifier']>;

/** @param options of a multiple choice, in the order of their letters, where they are known */
export function verifyAnswer({ kind, tolerance }: Verifier, answer: string | null, expected: string, options: readonly string[] = []): boolean {
  if (answer === null || answer.trim() === '') return false;
  switch (kind) {
    case 'exact':
      return isExactMatch(answer, expected);
    case 'numeric':
      return isSameNumber(answer, expected, tolerance);
    case 'latex':
      return isEquivalentAnswer(answer, expected, tolerance);
    case 'multiple-choice': {
      const chosen = choiceOf(answer, options);
      return chosen !== null && chosen === choiceOf(expected, options);
    }
  }
}
