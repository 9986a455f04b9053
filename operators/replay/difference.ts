import type { TableName } from './logged-tables.ts';

/** Where a log and what follows from it part. */
export interface Difference {
  /** - `damaged`: the file is not the one that was committed, and no more can be said. */
  readonly kind: 'value' | 'missing-row' | 'unexpected-row' | 'duplicate-row' | 'row-order' | 'damaged';
  readonly step: number | null;
  /** Relative to the run. */
  readonly file: string;
  readonly table: TableName | null;
  /** From 0, in the step's part; null where the row is not there. */
  readonly row: number | null;
  readonly id: string | null;
  /** For example `advantages[3]`; null where it is the row itself. */
  readonly field: string | null;
  readonly logged: unknown;
  readonly recomputed: unknown;
  /** One sentence. */
  readonly what: string;
}
