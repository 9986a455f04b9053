/** What a report knows of a run, read from its folder alone. */
import type { EvaluationSummary } from '../evaluation/summarise-evaluation.ts';
import type { StepReport } from '../../schemas/records/step-report.ts';
import type { PickTally } from './pick-tally.ts';

export interface StepRecord {
  readonly report: StepReport;
  /** Tokens of prompts as sampled, each group's prompt once. */
  readonly promptTokens: number;
  /** Prediction and generation groups that were sampled, and those with signal: kept for the update, their rewards not all alike. */
  readonly groups: number;
  readonly usefulGroups: number;
  /** From the step before to the end of this one, checkpoint included. */
  readonly seconds: number;
}

export interface RunRecord {
  readonly variant: string;
  readonly seed: number;
  readonly learningRate: number;
  readonly backend: string;
  /** In order, from 1. */
  readonly steps: readonly StepRecord[];
  /** In order of the step; 0 is the base model. */
  readonly evaluations: readonly { readonly step: number; readonly summary: EvaluationSummary }[];
  /** What was hidden, by quarter of the run, in order; without picks where the pipeline hides nothing. */
  readonly picks: readonly PickTally[];
}
