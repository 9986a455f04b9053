/**
 * Which weights sampled a step: those after step k - 1 - maxStaleness, or the base model's. In: the log, a step. Out: their policy version. It follows from how `batchSteps` grants
 * credits, and from the versions that the commits name. Nothing can go wrong.
 */
import type { StepLog } from '../ports/step-log.ts';

export function sampledVersion(log: Pick<StepLog, 'steps'>, step: number, maxStaleness: number): number {
  return versionAfter(log, step - 1 - maxStaleness);
}

/** Version of the weights after a step; 0 before the first. */
export function versionAfter({ steps }: Pick<StepLog, 'steps'>, step: number): number {
  return step < 1 ? 0 : (steps[step - 1]?.policyVersion ?? 0);
}
