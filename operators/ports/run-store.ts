import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import type { EvaluationRow } from '../../schemas/records/evaluation-row.ts';
import type { GradientBatch } from '../../schemas/records/gradient-batch.ts';
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import type { StepReport } from '../../schemas/records/step-report.ts';
import type { StepTiming } from '../../schemas/records/step-timing.ts';
import type { CorpusPosition } from './paragraph-source.ts';

/** All that becomes durable with a step. */
export interface StepCommit {
  readonly step: number;
  /** The step's paragraphs with everything made of them, in slot order. */
  readonly paragraphs: readonly ScoredGroups[];
  /** Whether their groups are others than the edge `scored-groups` carried. */
  readonly rescored: boolean;
  readonly gradientBatches: readonly GradientBatch[];
  readonly evaluations: readonly EvaluationRow[];
  readonly deadLetters: readonly DeadLetter[];
  readonly report: StepReport;
  /** Where the corpus stood after the last paragraph admitted for any step up to `step + maxStaleness`. */
  readonly corpusPosition: CorpusPosition;
  /** Scored already, waiting for later steps (maxStaleness > 0). Restored on resume. Whole where a checkpoint is due. */
  readonly pending: readonly ScoredGroups[];
  /** Dead letters of later steps so far, restored with what is pending. */
  readonly pendingLetters: readonly DeadLetter[];
  /** Whether a checkpoint is due. */
  readonly checkpoint: boolean;
}

/** What a run goes on from. */
export interface ResumePoint {
  readonly step: number; // last committed step with a checkpoint; 0: the base model
  readonly checkpointDirectory: string | null;
  readonly corpusPosition: CorpusPosition | null;
  readonly pending: readonly ScoredGroups[];
  readonly pendingLetters: readonly DeadLetter[];
}

/** Writes the weights of the current version into a folder. */
export type SaveCheckpoint = (directory: string) => Promise<void>;

/** The run's folder. A step is there wholly or not at all. Errors: DISK_FULL, NOT_WRITABLE, LOG_DAMAGED. */
export interface RunStore {
  readonly directory: string;
  commit(step: StepCommit, save: SaveCheckpoint): Promise<void>;
  /** Appends wall-clock figures; not part of what a resume reproduces. */
  recordTiming(timing: StepTiming): Promise<void>;
  resumePoint(): Promise<ResumePoint>;
  /** Waits for a commit under way. */
  close(): Promise<void>;
}
