/**
 * DAPO's dynamic sampling: which groups carry no signal. In: integer success counts. Out: the reason to drop the group, or
 * null to keep it. Decided by count and never by `std == 0`, which rounding can miss.
 */
import type { DropReason } from '../../schemas/records/scored-group.ts';

/** What a rollout's reward is made of: right answers of how many tries; `solved` is null where there was nothing to try. */
export interface Outcome {
  readonly solved: number | null;
  readonly attempts: number;
}

/** For predictions: `all-zero` where none was right (or none is left), `all-one` where all were. */
export function predictionDropReason(outcomes: readonly Outcome[]): DropReason | null {
  const right = outcomes.filter((outcome) => outcome.solved === 1).length;
  if (right === 0) return 'all-zero';
  return right === outcomes.length ? 'all-one' : null;
}

/** For masks: `all-zero` where no rollout was rewarded (or none is left), `all-equal` where all rewards are one and the same above 0. */
export function generationDropReason(outcomes: readonly Outcome[]): DropReason | null {
  const pay = outcomes.map(payOf);
  if (pay.every(({ missed }) => missed === 0)) return 'all-zero';
  const first = pay[0]!;
  const equal = pay.every(({ missed, attempts }) => missed * first.attempts === first.missed * attempts);
  return equal ? 'all-equal' : null;
}

/** The reward of eq. 9 as the fraction missed / attempts: 0 / 1 for an unusable mask and for one that nobody solved. */
function payOf({ solved, attempts }: Outcome): { missed: number; attempts: number } {
  return solved === null || solved === 0 ? { missed: 0, attempts: 1 } : { missed: attempts - solved, attempts };
}
