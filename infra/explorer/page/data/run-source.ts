/** Where a run's bytes come from. The page is the same over a server and in an exported folder; this is all that differs. */
import type { CommittedStep } from '../../log/committed-step.ts';
import type { Part, PartBytes } from '../../log/part-bytes.ts';
import type { EvaluationsSource } from './evaluations-source.ts';

export interface RunSource extends PartBytes {
  /** What a growing file has after `from` bytes, and how many it has in all. Empty, and 0, where there is no such file. */
  tail(path: string, from: number): Promise<{ readonly bytes: ArrayBuffer; readonly size: number }>;
  /** The manifest's line of one step; empty where the step is not committed; null where it is not to be had without the rest. */
  stepLine(step: number): Promise<string | null>;
  /** A table's parts of these steps, one after the other. */
  parts(table: string, steps: readonly CommittedStep[]): Promise<ArrayBuffer>;
}

export interface OriginRun {
  readonly name: string;
  /** File of span classes of its corpus; null where there is none. */
  readonly labels: Part | null;
}

export interface Origin {
  /** In order. */
  readonly runs: readonly OriginRun[];
  source(run: string): RunSource;
  readonly evaluations: EvaluationsSource;
  startWorker(): Worker;
  /** Whether a run may go on. */
  readonly live: boolean;
}
