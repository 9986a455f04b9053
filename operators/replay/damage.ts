/**
 * Damaged parts and what was found in them. In: a step as logged, and the first difference in its rows. Out: the difference with its place; a damaged part without one is a difference of
 * its own. Pure.
 */
import type { LoggedStep, StepLog } from '../ports/step-log.ts';
import type { Difference } from './difference.ts';
import type { RowDifference } from './first-difference.ts';

/** @param found null where all that follows is as logged */
export function withDamage(log: StepLog, { step, damage }: LoggedStep, found: RowDifference | null): Difference | null {
  const lost = damage.find(({ readable }) => !readable);
  const broken = lost ?? damage.find(({ table }) => table === found?.table) ?? (found === null ? damage[0] : undefined);
  if (broken === undefined) return found === null ? null : { ...found, step, file: placeOf(log, found, step) };
  const file = log.place(broken.table, step);
  if (lost === undefined && found !== null) return { ...found, step, file: placeOf(log, found, step), what: `${found.what}; ${broken.problem}` };
  const more = broken.readable ? '; every value in it that follows from the rest of the log is right' : '';
  return { kind: 'damaged', step, file, table: broken.table, row: null, id: null, field: null, logged: null, recomputed: null, what: `${broken.problem}${more}` };
}

function placeOf(log: StepLog, { table }: RowDifference, step: number): string {
  return table === null ? '' : log.place(table, step);
}
