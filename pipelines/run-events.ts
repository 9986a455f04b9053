/**
 * What a run tells while it works: the one stream that a terminal renders, `--json` prints and a program subscribes to.
 * Every event is plain JSON data. The first is `started` (after a `warning`, where opening the run found damage); the last is
 * `finished` or `failed`, after which the stream completes (it never errors: `Run.done` rejects instead).
 */
import type { EvaluationSummary } from '../operators/evaluation/summarise-evaluation.ts';
import type { Alarm } from '../operators/health/sign.ts';
import type { EngineInfo } from '../operators/ports/engine.ts';
import type { ErrorCode } from '../schemas/error-codes.ts';
import type { DeadLetter } from '../schemas/records/dead-letter.ts';
import type { StepReport } from '../schemas/records/step-report.ts';
import type { StepTiming } from '../schemas/records/step-timing.ts';

/** The run is open: folder, engine and corpus are there. Only a `warning` of what opening found may come before. */
export interface RunStarted {
  readonly type: 'started';
  readonly name: string;
  readonly pipeline: string;
  readonly directory: string;
  /** Steps of the whole run. */
  readonly steps: number;
  readonly engine: EngineInfo;
  /** The stages in order, sink last: the names that `stage-progress` uses. */
  readonly stages: readonly string[];
}

/** The run goes on from a checkpoint. Follows `started`. */
export interface RunResumed {
  readonly type: 'resumed';
  /** The last step that is kept; 0 where nothing was. */
  readonly step: number;
  readonly checkpoint: string | null;
}

/** A stage moved. */
export interface StageProgress {
  readonly type: 'stage-progress';
  readonly stage: string;
  /** The step worked on; for `evaluation`, the step after which the weights are evaluated. */
  readonly step: number;
  /** Rollouts finished, or micro-batches done, of the call in progress. */
  readonly done: number;
  readonly total: number;
  /** Tokens sampled or trained on by the call in progress. */
  readonly tokens: number;
}

/** A step is committed. */
export interface StepDone {
  readonly type: 'step-done';
  readonly step: number;
  readonly steps: number;
  readonly report: StepReport;
  readonly timing: StepTiming;
}

/** The held-out set was scored. Step 0 is the base model. */
export interface EvaluationDone {
  readonly type: 'evaluation';
  readonly step: number;
  readonly summary: EvaluationSummary;
}

/** A checkpoint is durable. */
export interface CheckpointWritten {
  readonly type: 'checkpoint';
  readonly step: number;
  /** Relative to the run's folder. */
  readonly directory: string;
}

/** Something could not be used; the run goes on. */
export interface DeadLettered {
  readonly type: 'dead-letter';
  readonly letter: DeadLetter;
}

/** Something a person should look at; the run goes on. */
export interface RunWarning {
  readonly type: 'warning';
  readonly code: ErrorCode;
  readonly message: string;
  readonly step: number | null;
}

/**
 * How a run ended without an error: all steps done; stopped by its signal after a whole step; by a failure sign, likewise (`alarms.onAlarm: stop`); or the corpus, not
 * repeated, held no further whole step.
 */
export type OutcomeKind = 'completed' | 'interrupted' | 'alarm' | 'corpus-exhausted';

export interface RunOutcome {
  readonly kind: OutcomeKind;
  readonly directory: string;
  /** The last committed step, which has a checkpoint. */
  readonly step: number;
  readonly steps: number;
  /** Held-out figures of the base model and of the last weights; null where there is no held-out set or none was due. */
  readonly before: EvaluationSummary | null;
  readonly after: EvaluationSummary | null;
  /** Failure signs that reached their thresholds in this run, as they began; of a run that goes on, since then. The last one ended a run of kind `alarm`. */
  readonly alarms: readonly Alarm[];
}

export interface RunFinished extends RunOutcome {
  readonly type: 'finished';
}

/** The run ended with an error, the same that `Run.done` rejects with. */
export interface RunFailed {
  readonly type: 'failed';
  /** Null where it was no `PretrainZeroError`. */
  readonly code: ErrorCode | null;
  readonly message: string;
}

/** How the stages of a run over Kafka stand; told by `run` every few seconds. */
export interface FlowTold {
  readonly type: 'flow';
  /** Paragraphs between grant and update, and the most there may be; null before the sink has told. */
  readonly inFlight: number | null;
  readonly capacity: number;
  readonly stages: readonly {
    readonly stage: string;
    /** Processes at work on it, wherever they are. */
    readonly workers: number;
    /** Messages that wait for it or are in work. */
    readonly lag: number;
    /** Messages done a second, since the event before. */
    readonly rate: number;
  }[];
}

/** The sink's credits, as they are after a grant or an update. */
export interface CreditsTold {
  readonly type: 'credits';
  readonly inFlight: number;
  readonly capacity: number;
}

export type RunEvent =
  | FlowTold
  | CreditsTold
  | RunStarted
  | RunResumed
  | StageProgress
  | StepDone
  | EvaluationDone
  | CheckpointWritten
  | DeadLettered
  | RunWarning
  | RunFinished
  | RunFailed;

/** Takes an event; never throws. */
export type EmitEvent = (event: RunEvent) => void;
