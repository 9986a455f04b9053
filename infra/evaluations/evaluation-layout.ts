/** Where things lie in an evaluation's folder, and the table of its answers. */
import { benchmarkAnswer } from '../../schemas/records/benchmark-answer.ts';

export const evaluationLayout = {
  /** What was asked of what. */
  identity: 'evaluation.json',
  /** What came of all answers; there when the evaluation is done. */
  summary: 'summary.json',
  answers: 'answers',
} as const;

export const answersTable = { folder: evaluationLayout.answers, definition: benchmarkAnswer } as const;

/** @param batch from 0 */
export function answerPart(batch: number): string {
  return `${evaluationLayout.answers}/part-${String(batch).padStart(6, '0')}.parquet`;
}

const partName = /^part-(\d{6,9})\.parquet$/;

/** The batch that a file of the answers' folder holds; null for any other file. */
export function batchOf(name: string): number | null {
  const digits = partName.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}
