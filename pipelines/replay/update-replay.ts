/** What stands for the engine while updates are replayed: the log itself, or a model that computes them again. */
import type { Engine } from '../../operators/ports/engine.ts';
import type { SaveCheckpoint } from '../../operators/ports/run-store.ts';
import type { LoggedStep } from '../../operators/ports/step-log.ts';
import type { Difference } from '../../operators/replay/difference.ts';
import type { GradientBatch } from '../../schemas/records/gradient-batch.ts';
import type { StepReport } from '../../schemas/records/step-report.ts';

export interface UpdateReplay {
  readonly engine: Engine;
  /** A step's update is about to be replayed. */
  begin(logged: LoggedStep): void;
  /** The update is done. @param save writes the weights */
  committed(step: number, save: SaveCheckpoint): Promise<void>;
  /** The report to compare the logged one with. */
  report(recomputed: StepReport, logged: LoggedStep, batches: readonly GradientBatch[]): StepReport;
  /** What `committed` found. */
  difference(): Difference | null;
}
