/**
 * Watches a run for the failure signs. In: its steps and evaluations as they come, from the state that the steps before left. Out, for each step: its signs, and the alarms that begin with
 * it. An alarm begins where its sign reaches the threshold and lasts until it is below again; one that lasts is not told anew, but a run that goes on is told of it once. Nothing can go wrong.
 */
import type { Config } from '../../schemas/config/config.ts';
import type { EvaluationRow } from '../../schemas/records/evaluation-row.ts';
import { alarmsOf, thresholdsOf } from './alarms-of.ts';
import { signsOf, withEvaluation, withStep, type HealthState, type SignFigures, type StepSeen } from './health-state.ts';
import type { Alarm, Sign } from './sign.ts';

export interface HealthSeen {
  readonly figures: SignFigures;
  /** Those that begin. */
  readonly raised: readonly Alarm[];
}

export interface HealthWatch {
  /** @param evaluations one list an evaluation, in order: the base model's with the first step, the step's own where it had one */
  observe(seen: StepSeen, evaluations: readonly (readonly EvaluationRow[])[]): HealthSeen;
}

export function createHealthWatch(alarms: Config['alarms'], before: HealthState): HealthWatch {
  let state = before;
  let standing = new Set<Sign>();
  return {
    observe(seen, evaluations) {
      state = withStep(evaluations.reduce(withEvaluation, state), seen, alarms.window);
      const figures = signsOf(state, alarms.window);
      const now = alarmsOf(seen.step, state, figures, thresholdsOf(alarms));
      const raised = now.filter(({ sign }) => !standing.has(sign));
      standing = new Set(now.map(({ sign }) => sign));
      return { figures, raised };
    },
  };
}
