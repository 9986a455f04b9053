/** A question as one evaluation asked it, with what lists show of its answers. Pure. */
import type { AnswerDigest, QuestionDigest } from '../log/question-digest.ts';

export interface IndexedQuestion extends QuestionDigest {
  /** Name of the evaluation. */
  readonly evaluation: string;
  /** Name and version. */
  readonly benchmark: string;
  /** Which part of the evaluation has it, from 0. */
  readonly batch: number;
}

/** The same wherever the same question is asked, in whichever evaluation. */
export function questionKey({ benchmark, itemId, expected }: Pick<IndexedQuestion, 'benchmark' | 'itemId' | 'expected'>): string {
  return JSON.stringify([benchmark, itemId, expected]);
}

export function rightAnswers(answers: readonly Pick<AnswerDigest, 'correct'>[]): number {
  return answers.filter(({ correct }) => correct).length;
}

/** The answer that was given most often; of equal ones the first. Null where that is none. */
export function usualAnswer(answers: readonly Pick<AnswerDigest, 'answer'>[]): string | null {
  const counts = new Map<string | null, number>();
  for (const { answer } of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0] ?? null;
}
