/**
 * What lists and filters need to know of a part of an evaluation's answers. In: where bytes come from, the part. Out: its questions in order, each with what was found in every response; no response and no tokens are
 * read. Fails as `partRows` does.
 */
import type { BenchmarkAnswer } from '../../../schemas/records/benchmark-answer.ts';
import { answersTable } from '../../evaluations/evaluation-layout.ts';
import type { Part, PartBytes } from './part-bytes.ts';
import { partRows } from './part-rows.ts';

export type AnswerDigest = Pick<BenchmarkAnswer, 'sampleIndex' | 'answer' | 'correct' | 'finishReason'>;

export interface QuestionDigest extends Pick<BenchmarkAnswer, 'itemId' | 'category' | 'expected' | 'question'> {
  readonly answers: readonly AnswerDigest[];
}

const columns = ['itemId', 'category', 'expected', 'question', 'sampleIndex', 'answer', 'correct', 'finishReason'] as const;

export async function questionDigests(source: PartBytes, part: Part): Promise<QuestionDigest[]> {
  const questions = new Map<string, QuestionDigest & { readonly answers: AnswerDigest[] }>();
  for (const { itemId, category, expected, question, ...answer } of await partRows(source, part, answersTable, columns)) {
    const known = questions.get(itemId);
    if (known === undefined) questions.set(itemId, { itemId, category, expected, question, answers: [answer] });
    else known.answers.push(answer);
  }
  return [...questions.values()];
}
