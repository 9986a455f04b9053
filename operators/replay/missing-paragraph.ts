/**
 * A paragraph that is gone from the end of its step's table. In: the step's tables. Out: the missing row, where rows of more than one table still speak of it; null where none do. Pure.
 */
import { paragraphId } from '../rollouts/ids.ts';
import type { RowDifference } from './first-difference.ts';
import type { SampleTables } from './logged-tables.ts';

export function missingParagraph(step: number, { paragraphs, ...others }: SampleTables): RowDifference | null {
  const id = paragraphId(step, paragraphs.length);
  const speaking = Object.values(others).filter((rows: readonly { readonly paragraphId: string }[]) => rows.some((row) => row.paragraphId === id));
  if (speaking.length < 2) return null;
  return { kind: 'missing-row', table: 'paragraphs', row: null, id, field: null, logged: null, recomputed: id, what: 'the row is missing, and rows of other tables speak of it' };
}
