import { float64, int32 } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';

/** Wall-clock figures of a step, kept apart from all that must be reproducible. */
export const stepTiming = defineRecord('step_timing', 1, 'Where the time of a step went.', {
  step: int32('Optimiser step.', 'step'),
  wallTimeMs: float64('End of the step.', 'ms since 1970'),
  totalMs: float64('From the end of the update before to the end of this one, its checkpoint included.', 'ms'),
  generateMs: float64('In engine.generate.', 'ms'),
  trainMs: float64('In engine.accumulate and engine.step.', 'ms'),
  logMs: float64('Waiting for sample parts, checkpoint and manifest: without a checkpoint they are written while the next step is sampled.', 'ms'),
  flowMs: float64('The rest: corpus, operators, topics.', 'ms'),
});
export type StepTiming = RecordOf<typeof stepTiming>;
