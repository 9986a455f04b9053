/**
 * Two tables compared, value for value. In: the rows of one table as they were logged, and as they follow from the rest of the log. Out: the first difference, by row and
 * then by field in the order of the definition; null where there is none. Numbers are the same where all of their bits are. Pure.
 */
import type { Field, Fields } from '../../schemas/field.ts';
import type { Difference } from './difference.ts';
import { rowKey, tableRecords, type TableName } from './logged-tables.ts';

export type RowDifference = Omit<Difference, 'step' | 'file'>;

export interface TablePair {
  readonly logged: readonly object[];
  readonly recomputed: readonly object[];
  /** Fields to compare: those that the log's version has. */
  readonly fields: ReadonlySet<string>;
}

export function firstDifference(table: TableName, { logged, recomputed, fields }: TablePair): RowDifference | null {
  const twice = duplicate(table, logged);
  if (twice !== null) return twice;
  const keysOf = (rows: readonly object[]): Set<string | null> => new Set(rows.map((row) => rowKey(table, row)));
  const [loggedKeys, recomputedKeys] = [keysOf(logged), keysOf(recomputed)];
  const compared = Object.fromEntries(Object.entries(tableRecords[table].fields).filter(([name]) => fields.has(name)));
  for (let row = 0; row < Math.max(logged.length, recomputed.length); row++) {
    const [was, is] = [logged[row], recomputed[row]];
    if (was === undefined) return rowDifference(table, 'missing-row', null, is!);
    if (is === undefined) return rowDifference(table, 'unexpected-row', row, was);
    const [key, expected] = [rowKey(table, was), rowKey(table, is)];
    if (key !== expected) {
      const renamed = logged.length === recomputed.length && slotOf(was) === slotOf(is) && !recomputedKeys.has(key) && !loggedKeys.has(expected);
      if (!renamed && !loggedKeys.has(expected)) return rowDifference(table, 'missing-row', null, is);
      if (!renamed && !recomputedKeys.has(key)) return rowDifference(table, 'unexpected-row', row, was);
      if (!renamed) return { ...rowDifference(table, 'row-order', row, was), recomputed: expected };
    }
    const value = structDifference(compared, was, is, '');
    if (value !== null) return { kind: 'value', table, row, id: expected ?? null, ...value, what: `${value.field} is not what the log makes of it` };
  }
  return null;
}

const slotOf = (row: object): unknown => ('slot' in row ? row.slot : null);

function duplicate(table: TableName, rows: readonly object[]): RowDifference | null {
  const seen = new Map<string, number>();
  for (const [row, value] of rows.entries()) {
    const key = rowKey(table, value);
    if (key === null) continue;
    const before = seen.get(key);
    if (before !== undefined) return { ...rowDifference(table, 'duplicate-row', row, value), what: `the row stands there already, as row ${before}` };
    seen.set(key, row);
  }
  return null;
}

const whatOf = {
  'missing-row': 'the row is missing',
  'unexpected-row': 'the row does not belong there',
  'duplicate-row': 'the row stands there already',
  'row-order': 'the row is out of order',
} as const;

function rowDifference(table: TableName, kind: keyof typeof whatOf, row: number | null, value: object): RowDifference {
  const id = rowKey(table, value);
  const missing = kind === 'missing-row';
  return { kind, table, row, id, field: null, logged: missing ? null : (id ?? value), recomputed: missing ? (id ?? value) : null, what: whatOf[kind] };
}

interface ValueDifference {
  readonly field: string;
  readonly logged: unknown;
  readonly recomputed: unknown;
}

function structDifference(fields: Fields, logged: unknown, recomputed: unknown, prefix: string): ValueDifference | null {
  for (const [name, field] of Object.entries(fields)) {
    const of = (value: unknown): unknown => (value as Readonly<Record<string, unknown>>)[name];
    const found = valueDifference(field, of(logged), of(recomputed), prefix + name);
    if (found !== null) return found;
  }
  return null;
}

function valueDifference(field: Field, logged: unknown, recomputed: unknown, path: string): ValueDifference | null {
  const different = { field: path, logged, recomputed };
  switch (field.type) {
    case 'nullable':
      if (logged === null || recomputed === null) return logged === recomputed ? null : different;
      return valueDifference(field.of, logged, recomputed, path);
    case 'list':
      return listDifference(field.of, logged as readonly unknown[], recomputed as readonly unknown[], path);
    case 'struct':
      return structDifference(field.fields, logged, recomputed, `${path}.`);
    default:
      return Object.is(logged, recomputed) ? null : different;
  }
}

function listDifference(of: Field, logged: readonly unknown[], recomputed: readonly unknown[], path: string): ValueDifference | null {
  for (let i = 0; i < Math.min(logged.length, recomputed.length); i++) {
    const found = valueDifference(of, logged[i], recomputed[i], `${path}[${i}]`);
    if (found !== null) return found;
  }
  return logged.length === recomputed.length ? null : { field: `${path}.length`, logged: logged.length, recomputed: recomputed.length };
}
