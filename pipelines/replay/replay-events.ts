/**
 * What a replay tells while it works, as plain JSON data. The first event is `replay-started`, the last `replay-finished` or `replay-failed`, after which the stream completes (it
 * never errors: `Replay.done` rejects instead).
 */
import type { Difference } from '../../operators/replay/difference.ts';
import type { ReplayKind } from '../../operators/replay/config-keys-in-replay.ts';
import type { StepChanges } from '../../operators/replay/step-changes.ts';
import type { ErrorCode } from '../../schemas/error-codes.ts';
import type { StepReport } from '../../schemas/records/step-report.ts';

export interface ReplayStarted {
  readonly type: 'replay-started';
  readonly kind: ReplayKind;
  readonly directory: string;
  /** First and last step. With `gradients` the first is the one after the checkpoint (or base model) that it begins from. */
  readonly from: number;
  readonly to: number;
  /** Keys that are other than the run's. */
  readonly changed: readonly string[];
}

/** Something that a reader of the outcome should know. */
export interface ReplayNote {
  readonly type: 'note';
  readonly message: string;
}

/** A step is done: compared, or learned from. */
export interface StepReplayed {
  readonly type: 'step-replayed';
  readonly step: number;
  readonly rollouts: number;
  readonly rows: number;
}

/** What would have changed in a step. */
export interface StepChanged {
  readonly type: 'step-changes';
  readonly changes: StepChanges;
}

/** Weights computed again stand beside a checkpoint's. */
export interface WeightsCompared {
  readonly type: 'weights-compared';
  readonly step: number;
  /** Whether every byte of weights and optimiser is that of the checkpoint. */
  readonly exact: boolean;
  /** L2 of the difference of the weights, over the sum of the update norms since the weights it began from; 0 where exact. */
  readonly relative: number;
  readonly backend: string;
}

/** A step of `train` is committed. */
export interface StepTrained {
  readonly type: 'step-trained';
  readonly report: StepReport;
}

export interface ReplayWarning {
  readonly type: 'warning';
  readonly code: ErrorCode;
  readonly message: string;
  readonly step: number;
}

export interface ReplayOutcome {
  readonly kind: ReplayKind;
  readonly steps: number;
  readonly rollouts: number;
  /** Rows compared or judged anew. */
  readonly rows: number;
  /** Null where every value is as logged; always null for `what-if` and `train`. */
  readonly difference: Difference | null;
  /** Of all steps together; `what-if` alone. */
  readonly changes: StepChanges | null;
  /** Checkpoints that the recomputed weights were compared with; `gradients` alone. */
  readonly checkpoints: { readonly exact: number; readonly near: number };
  /** The new run's folder; `train` alone. */
  readonly trained: string | null;
  /** Whether it was stopped before its last step. */
  readonly interrupted: boolean;
}

export interface ReplayFinished extends ReplayOutcome {
  readonly type: 'replay-finished';
}

export interface ReplayFailed {
  readonly type: 'replay-failed';
  readonly code: ErrorCode | null;
  readonly message: string;
}

export type ReplayEvent = ReplayStarted | ReplayNote | StepReplayed | StepChanged | WeightsCompared | StepTrained | ReplayWarning | ReplayFinished | ReplayFailed;
export type EmitReplay = (event: ReplayEvent) => void;
