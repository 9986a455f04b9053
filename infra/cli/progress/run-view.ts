/**
 * What the screen knows of a run. In: its events, one by one. Out: a new view of it. Pure: no clock, so the time left comes from the steps' own timing.
 */
import type { EvaluationDone, FlowTold, RunEvent, RunStarted, StageProgress, StepDone } from '../../../pipelines/run-events.ts';

export interface StageView {
  readonly name: string;
  readonly step: number;
  /** Of the call in progress; both 0 where the stage has told of none. */
  readonly done: number;
  readonly total: number;
}

export interface RunView {
  readonly started: RunStarted | null;
  readonly stages: readonly StageView[];
  /** Held-out samples being taken; null while none are. */
  readonly evaluating: StageProgress | null;
  /** Last committed step. */
  readonly step: number;
  readonly last: StepDone | null;
  /** Durations of the last steps, newest last. */
  readonly stepMs: readonly number[];
  /** Of the base model; null in a resumed run, which does not evaluate it again. */
  readonly before: EvaluationDone | null;
  readonly latest: EvaluationDone | null;
  /** Of a run over Kafka. */
  readonly flow: FlowTold | null;
  readonly deadLetters: number;
  readonly warnings: number;
  readonly lastWarning: string | null;
}

export const emptyView: RunView = {
  started: null,
  stages: [],
  evaluating: null,
  step: 0,
  last: null,
  stepMs: [],
  before: null,
  latest: null,
  flow: null,
  deadLetters: 0,
  warnings: 0,
  lastWarning: null,
};

/** Steps whose mean duration foretells the next. */
const stepsRemembered = 8;
const evaluationStage = 'evaluation';

export function reduceView(view: RunView, event: RunEvent): RunView {
  switch (event.type) {
    case 'started':
      return { ...view, started: event, stages: event.stages.map((name) => ({ name, step: 0, done: 0, total: 0 })) };
    case 'resumed':
      return { ...view, step: event.step };
    case 'stage-progress':
      if (event.stage === evaluationStage) return { ...view, evaluating: event };
      return { ...view, evaluating: null, stages: moved(view.stages, event) };
    case 'step-done':
      return { ...view, step: event.step, last: event, stepMs: [...view.stepMs, event.timing.totalMs].slice(-stepsRemembered) };
    case 'evaluation':
      return { ...view, evaluating: null, before: event.step === 0 ? event : view.before, latest: event };
    case 'dead-letter':
      return { ...view, deadLetters: view.deadLetters + 1 };
    case 'warning':
      return { ...view, warnings: view.warnings + 1, lastWarning: `${event.code}: ${event.message}` };
    case 'flow':
      return { ...view, flow: event };
    case 'credits':
    case 'checkpoint':
    case 'finished':
    case 'failed':
      return view;
  }
}

/** Milliseconds to the end of the run; null before the first step. */
export function timeLeftMs({ started, step, stepMs }: RunView): number | null {
  if (started === null || stepMs.length === 0) return null;
  const mean = stepMs.reduce((sum, ms) => sum + ms, 0) / stepMs.length;
  return mean * Math.max(0, started.steps - step);
}

/** A stage that is ahead in the chain and tells nothing has done its part of the step that a later one works on. */
function moved(stages: readonly StageView[], { stage, step, done, total }: StageProgress): StageView[] {
  const at = stages.findIndex(({ name }) => name === stage);
  return stages.map((view, i) => {
    if (i === at) return { ...view, step, done, total };
    if (i < at && view.total === 0) return { ...view, step };
    return view;
  });
}
