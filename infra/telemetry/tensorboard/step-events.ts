/**
 * What a committed step adds to TensorBoard's file. In: the step's report, held-out rows and wall-clock figures. Out: framed records: one a foreign step that
 * was evaluated (the base model, with step 1), then one of the step itself, last, so that where it stands all of them do. Pure.
 */
import { summariseEvaluation } from '../../../operators/evaluation/summarise-evaluation.ts';
import type { EvaluationRow } from '../../../schemas/records/evaluation-row.ts';
import type { StepReport } from '../../../schemas/records/step-report.ts';
import type { StepTiming } from '../../../schemas/records/step-timing.ts';
import { evaluationScalars } from '../scalars/evaluation-scalars.ts';
import { stepScalars } from '../scalars/step-scalars.ts';
import { scalarEvent } from './scalar-event.ts';
import { frameRecord } from './tf-records.ts';

export interface LoggedStep {
  readonly report: StepReport;
  readonly evaluations: readonly EvaluationRow[];
  /** Null where it was lost: then the events have no throughput. */
  readonly timing: StepTiming | null;
  /** Milliseconds since 1970. */
  readonly wallTimeMs: number;
}

export function stepEvents({ report, evaluations, timing, wallTimeMs }: LoggedStep): Uint8Array {
  const heldOut = (step: number) => evaluationScalars(summariseEvaluation(evaluations.filter((row) => row.step === step)));
  const foreign = [...new Set(evaluations.map((row) => row.step))].filter((step) => step !== report.step).sort((a, b) => a - b);
  const events = [
    ...foreign.map((step) => ({ step, wallTimeMs, scalars: heldOut(step) })),
    { step: report.step, wallTimeMs, scalars: [...stepScalars(report, timing), ...heldOut(report.step)] },
  ];
  return Buffer.concat(events.map((event) => frameRecord(scalarEvent(event))));
}
