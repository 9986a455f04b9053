/**
 * The answers to one question, to look at. In: where bytes come from, the part that has them, the question's id. Out: its rows in order of sample, with numbers of tokens in place of the tokens. Fails as `partRows`
 * does; RECORD_INVALID where the part has no such question.
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { BenchmarkAnswer } from '../../../schemas/records/benchmark-answer.ts';
import { answersTable } from '../../evaluations/evaluation-layout.ts';
import type { Part, PartBytes } from './part-bytes.ts';
import { partRows } from './part-rows.ts';

export interface ShownAnswer extends Omit<BenchmarkAnswer, 'promptTokens' | 'responseTokens'> {
  /** 0 where the prompt was too long to be asked. */
  readonly promptLength: number; // tokens
  readonly responseLength: number; // tokens
}

export async function questionAnswers(source: PartBytes, part: Part, itemId: string): Promise<ShownAnswer[]> {
  const rows = (await partRows(source, part, answersTable)).filter((row) => row.itemId === itemId);
  if (rows.length === 0) throw new PretrainZeroError('RECORD_INVALID', 'the part has no such question', { file: part.path, id: itemId });
  return rows.map(({ promptTokens, responseTokens, ...row }) => ({ ...row, promptLength: promptTokens.length, responseLength: responseTokens.length })).sort((a, b) => a.sampleIndex - b.sampleIndex);
}
