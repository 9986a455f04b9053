/**
 * DAPO's dynamic sampling: which groups carry no signal. In: success counts of predictions, rewards of masks. Out: the reason to drop the group, or null to keep it. Decided by count,
 * and of masks by comparing rewards, each of which is one division of whole numbers: never by `std == 0`, which rounding can miss.
 */
import type { DropReason } from '../../schemas/records/scored-group.ts';
import { areEqual } from './formulations.ts';

/** For predictions: `all-zero` where none was right (or none is left), `all-one` where all were. */
export function predictionDropReason(correct: readonly boolean[]): DropReason | null {
  const right = correct.filter(Boolean).length;
  if (right === 0) return 'all-zero';
  return right === correct.length ? 'all-one' : null;
}

/** For masks: `all-zero` where no rollout was rewarded (or none is left), `all-equal` where all rewards are one and the same above 0. */
export function generationDropReason(rewards: readonly number[]): DropReason | null {
  if (rewards.every((reward) => reward === 0)) return 'all-zero';
  return areEqual(rewards) ? 'all-equal' : null;
}

/** Without the filter: every group stays of which a rollout is left. One without signal then has advantages of exactly 0, but its tokens count in the loss's denominator. */
export function emptyGroup(members: readonly unknown[]): DropReason | null {
  return members.length === 0 ? 'all-zero' : null;
}
