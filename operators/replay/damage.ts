/**
 * Damaged parts and what was found in them. In: a step as logged, and the first difference in its rows. Out: the difference with its place; a damaged part without one is a difference of
 * its own. Pure.
 */
import type { DamagedPart, LoggedStep, StepLog } from '../ports/step-log.ts';
import type { Difference } from './difference.ts';
import type { RowDifference } from './first-difference.ts';

/** @param found null where all that follows is as logged */
export function withDamage(log: StepLog, { step, damage }: LoggedStep, found: RowDifference | null): Difference | null {
  const lost = damage.find(({ readable }) => !readable);
  const broken = lost ?? damage.find(({ table }) => table === found?.table) ?? damage[0];
  if (broken === undefined) return found === null ? null : { ...found, step, file: placeOf(log, found, step) };
  if (lost === undefined && found?.table === broken.table) return { ...found, step, file: placeOf(log, found, step), what: `${found.what}; ${broken.problem}` };
  const file = log.place(broken.table, step);
  return { kind: 'damaged', step, file, table: broken.table, row: null, id: null, field: null, logged: null, recomputed: null, what: `${broken.problem}${consequence(log, step, broken, found)}` };
}

/** What the rows of a part that is damaged, and can be read, lead to. */
function consequence(log: StepLog, step: number, { readable }: DamagedPart, found: RowDifference | null): string {
  if (!readable) return '';
  if (found === null) return '; every value in it that follows from the rest of the log is right';
  return `; from what it holds follows another ${found.field ?? 'row'} of ${found.id ?? 'a row'} in ${placeOf(log, found, step)}`;
}

function placeOf(log: StepLog, { table }: RowDifference, step: number): string {
  return table === null ? '' : log.place(table, step);
}
