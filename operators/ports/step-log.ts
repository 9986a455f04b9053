/** The port to a run's log, read a step at a time: Parquet parts, or any other place that keeps the records. */
import type { TableName, Tables } from '../replay/logged-tables.ts';

export interface StepLog {
  /** Committed steps, in order, from 1. */
  readonly steps: readonly LoggedStepHead[];
  /** What a person calls the place of a table's rows: the file, relative to the run. */
  place(table: TableName, step: number): string;
  /** All rows of a step. Errors: NOT_READABLE, RECORD_INVALID. A part that is not as it was committed is told in `damage`. */
  read(step: number): Promise<LoggedStep>;
}

export interface LoggedStepHead {
  readonly step: number;
  /** Version of the weights after the step. */
  readonly policyVersion: number;
  /** What the commit's position names, where the run was trained from another's log; null for any other. */
  readonly trainedFrom: LogPosition | null;
  /** Proves the step and all before it. */
  readonly hash: string;
  readonly checkpoint: LoggedCheckpoint | null;
}

/** A step of another run's log. */
export interface LogPosition {
  readonly run: string;
  readonly step: number;
  /** `hash` of that step's head. */
  readonly hash: string;
}

export interface LoggedCheckpoint {
  /** Where it is, or was before newer ones took its place. */
  readonly directory: string;
  /** Its files, with what they held. */
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
}

export interface LoggedStep {
  readonly step: number;
  readonly tables: Tables;
  /** Fields that the rows were written with: a log of an older version has fewer. */
  readonly fields: { readonly [T in TableName]: ReadonlySet<string> };
  /** Parts that are not as they were committed. Their rows are given where they can be read all the same. */
  readonly damage: readonly DamagedPart[];
}

export interface DamagedPart {
  readonly table: TableName;
  readonly problem: string;
  /** Whether its rows could be read all the same. */
  readonly readable: boolean;
}
