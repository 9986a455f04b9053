/**
 * Sign 4: there is nothing to learn from. In: the ledgers of the steps of a window. Out: the share of the rollouts that took no part in an update. Pure.
 *
 * A group whose rewards are all alike teaches nothing and is dropped (section 4.4): where nearly all are, masks that nobody can solve, or that everybody does, the run samples for nothing.
 */
import type { LedgerLine } from '../../schemas/records/step-report.ts';

/** Of both roles in a step. */
export interface RolloutCounts {
  readonly admitted: number;
  readonly trained: number;
}

export function countRollouts(ledger: readonly LedgerLine[]): RolloutCounts {
  return { admitted: ledger.reduce((sum, line) => sum + line.admitted, 0), trained: ledger.reduce((sum, line) => sum + line.trained, 0) };
}

/** In [0, 1]; null where nothing was sampled. */
export function barrenRollouts(steps: readonly RolloutCounts[]): number | null {
  const admitted = steps.reduce((sum, step) => sum + step.admitted, 0);
  const trained = steps.reduce((sum, step) => sum + step.trained, 0);
  return admitted === 0 ? null : 1 - trained / admitted;
}
