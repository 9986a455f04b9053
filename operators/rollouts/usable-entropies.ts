/**
 * In: a paragraph with its entropies, and the stage that chooses by them. Out: the entropies; null where one is not a number, which a dead letter (NOT_A_NUMBER) tells: the paragraph goes on
 * empty.
 */
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { paragraphLetter } from '../flow/paragraph-letter.ts';
import type { RolloutDeps } from './rollout-deps.ts';

export function usableEntropies({ deadLetters }: Pick<RolloutDeps, 'deadLetters'>, stage: string, paragraph: Paragraph): readonly number[] | null {
  const entropies = paragraph.tokenEntropies ?? [];
  const at = entropies.findIndex((entropy) => !Number.isFinite(entropy));
  if (at < 0) return entropies;
  deadLetters(paragraphLetter(paragraph, { stage, code: 'NOT_A_NUMBER', message: `the entropy of token ${at} is ${entropies[at]!}` }));
  return null;
}
