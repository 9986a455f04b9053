/** The tables of the log: which folder of the run, which record, which rows of a step's commit. */
import type { StepCommit } from '../../operators/ports/run-store.ts';
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import type { RecordDefinition, RecordOf } from '../../schemas/record-definition.ts';
import { deadLetter } from '../../schemas/records/dead-letter.ts';
import { evaluationRow } from '../../schemas/records/evaluation-row.ts';
import { gradientBatch } from '../../schemas/records/gradient-batch.ts';
import { maskRollout } from '../../schemas/records/mask-rollout.ts';
import { maskedPassage } from '../../schemas/records/masked-passage.ts';
import { paragraph } from '../../schemas/records/paragraph.ts';
import { predictionRollout } from '../../schemas/records/prediction-rollout.ts';
import { scoredGroup } from '../../schemas/records/scored-group.ts';
import { stepReport } from '../../schemas/records/step-report.ts';

export interface LogTable<D extends RecordDefinition> {
  /** Relative to the run; a step's rows are in `step=000010.parquet` there, where it has any. */
  readonly folder: string;
  readonly definition: D;
  readonly rows: (commit: StepCommit) => readonly RecordOf<D>[];
}

const table = <D extends RecordDefinition>(folder: string, definition: D, rows: (commit: StepCommit) => readonly RecordOf<D>[]): LogTable<D> => ({
  folder,
  definition,
  rows,
});

/** Rows of all the step's paragraphs. */
const ofParagraphs =
  <T>(rows: (message: ScoredGroups) => readonly T[]) =>
  (commit: StepCommit): readonly T[] =>
    commit.paragraphs.flatMap(rows);

export const sampleTables = {
  paragraphs: table('samples/paragraphs', paragraph, ofParagraphs((message) => [message.paragraph])),
  maskRollouts: table('samples/mask_rollouts', maskRollout, ofParagraphs((message) => message.maskRollouts)),
  passages: table('samples/masked_passages', maskedPassage, ofParagraphs((message) => message.passages)),
  predictions: table('samples/prediction_rollouts', predictionRollout, ofParagraphs((message) => message.predictions)),
  groups: table('samples/groups', scoredGroup, ofParagraphs((message) => message.groups)),
} as const;

export const metricTables = {
  steps: table('metrics/steps', stepReport, (commit) => [commit.report]),
  gradientBatches: table('metrics/gradient_batches', gradientBatch, (commit) => commit.gradientBatches),
  evaluations: table('metrics/evaluations', evaluationRow, (commit) => commit.evaluations),
} as const;

export const deadLetterTable = table('dead-letters', deadLetter, (commit) => commit.deadLetters);

/** A table whose record is known at run time alone. */
export interface AnyLogTable {
  readonly folder: string;
  readonly definition: RecordDefinition;
  readonly rows: (commit: StepCommit) => readonly object[];
}

/** Every table, in the order of the manifest. */
export const logTables: readonly AnyLogTable[] = [...Object.values(sampleTables), ...Object.values(metricTables), deadLetterTable];
