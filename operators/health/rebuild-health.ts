/**
 * The state of the failure signs after a committed step. In: how to read the run's log, the step, the window. Out: the state, the same as the run itself had. Can go wrong: what reading
 * throws. Of the log it reads the steps of the window, and two evaluations, which the last report names: the best and the newest.
 */
import type { EvaluationRow } from '../../schemas/records/evaluation-row.ts';
import type { StepReport } from '../../schemas/records/step-report.ts';
import { unseen, withEvaluation, withStep, type HealthState, type StepSeen } from './health-state.ts';

/** A committed step as it was seen, and which evaluations it went by (null: there was none, or the log is older than the signs). */
export type PastStep = StepSeen & Pick<StepReport, 'heldOutStep' | 'bestHeldOutStep'>;

export interface HealthLog {
  readonly step: (step: number) => Promise<PastStep>;
  /** Rows of the evaluation after a step; of the base model for 0. */
  readonly evaluations: (step: number) => Promise<readonly EvaluationRow[]>;
}

/** @param upTo last committed step; 0 for a run that begins. */
export async function rebuildHealth(log: HealthLog, upTo: number, window: number): Promise<HealthState> {
  if (upTo === 0) return unseen;
  const steps: PastStep[] = [];
  for (let step = Math.max(1, upTo - window + 1); step <= upTo; step++) steps.push(await log.step(step));
  const { bestHeldOutStep, heldOutStep } = steps.at(-1)!;
  const evaluations = await Promise.all([bestHeldOutStep, heldOutStep].filter((of) => of !== null).map(log.evaluations));
  return steps.reduce((state, seen) => withStep(state, seen, window), evaluations.reduce(withEvaluation, unseen));
}
