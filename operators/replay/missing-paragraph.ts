/**
 * A paragraph that is gone from its step's table. In: the step's tables. Out: the first missing row, where rows of more than one table still speak of it; null where none do. Pure.
 */
import { paragraphId } from '../rollouts/ids.ts';
import type { RowDifference } from './first-difference.ts';
import type { SampleTables } from './logged-tables.ts';

export function missingParagraph(step: number, { paragraphs, ...others }: SampleTables): RowDifference | null {
  const tables = Object.values(others).map((rows: readonly { readonly paragraphId: string }[]) => new Set(rows.map((row) => row.paragraphId)));
  const missing = Array.from({ length: paragraphs.length + 1 }, (_, slot) => ({ slot, id: paragraphId(step, slot) })).find(
    ({ slot, id }) => !paragraphs.some((row) => row.slot === slot || row.id === id) && tables.filter((speaks) => speaks.has(id)).length > 1,
  );
  if (missing === undefined) return null;
  const { id } = missing;
  return { kind: 'missing-row', table: 'paragraphs', row: null, id, field: null, logged: null, recomputed: id, what: 'the row is missing, and rows of other tables speak of it' };
}
