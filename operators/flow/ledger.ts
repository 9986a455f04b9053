/**
 * Closes a step's books. In: the step's paragraphs with all that was made of them, and the rollouts that the update gave up.
 * Out: one line a role with admitted = trained + dropped(reason) + deadLettered(reason). Can go wrong: LEDGER_UNBALANCED, naming a
 * rollout that stands in no group, in two, or in a group without having been sampled.
 */
import { unaskedPassages } from '../rewards/unasked-passages.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import { roles, type Role, type ScoredGroup } from '../../schemas/records/scored-group.ts';
import type { LedgerLine } from '../../schemas/records/step-report.ts';

/** Rollout id -> error code, of those that took no part in the update though their group was kept. */
export type LostRollouts = ReadonlyMap<string, string>;

/**
 * A rollout of a kept group is trained unless it is in `lost`; one of a dropped group is dropped for the group's reason;
 * one outside all groups must have a log-probability that is not a number, or be a mask whose question was never asked, for which scoring gave it up.
 */
export function closeLedger(paragraphs: readonly ScoredGroups[], lost: LostRollouts): LedgerLine[] {
  return roles.map((role) => closeLine(role, paragraphs, lost));
}

function closeLine(role: Role, paragraphs: readonly ScoredGroups[], lost: LostRollouts): LedgerLine {
  const groupOf = groupsByRollout(role, paragraphs);
  const unasked = new Set(paragraphs.flatMap((message) => unaskedPassages(message).map(({ maskRolloutId }) => maskRolloutId)));
  const dropped = new Map<string, number>();
  const deadLettered = new Map<string, number>();
  const seen = new Set<string>();
  let trained = 0;
  for (const { id, logprobs } of paragraphs.flatMap((p) => rolloutsOf(role, p))) {
    if (seen.has(id)) throw unbalanced(`a ${role} rollout came twice`, id);
    seen.add(id);
    const group = groupOf.get(id);
    const code = lost.get(id);
    if (group === undefined && unasked.has(id)) increment(deadLettered, logprobs.every(Number.isFinite) ? 'NOT_LOGGED' : 'NOT_A_NUMBER');
    else if (group === undefined) {
      if (logprobs.every(Number.isFinite)) throw unbalanced(`a ${role} rollout is neither in a group nor a dead letter`, id);
      increment(deadLettered, 'NOT_A_NUMBER');
    } else if (group.dropReason !== null) increment(dropped, group.dropReason);
    else if (code !== undefined) increment(deadLettered, code);
    else trained += 1;
  }
  for (const id of groupOf.keys()) if (!seen.has(id)) throw unbalanced(`a ${role} group names a rollout that was not sampled`, id);
  return { role, admitted: seen.size, trained, dropped: counts(dropped), deadLettered: counts(deadLettered) };
}

function rolloutsOf(role: Role, message: ScoredGroups): readonly { readonly id: string; readonly logprobs: readonly number[] }[] {
  return role === 'mask' ? message.maskRollouts : message.predictions;
}

/** Whether a line adds up. */
export function isBalanced(line: LedgerLine): boolean {
  const sum = (parts: LedgerLine['dropped']): number => parts.reduce((total, part) => total + part.count, 0);
  return line.admitted === line.trained + sum(line.dropped) + sum(line.deadLettered);
}

/** Throws LEDGER_UNBALANCED where a line does not add up. */
export function requireBalanced(step: number, ledger: readonly LedgerLine[]): void {
  for (const line of ledger) {
    if (!isBalanced(line)) throw new PretrainZeroError('LEDGER_UNBALANCED', `step ${step}: ${JSON.stringify(line)} does not add up`);
  }
}

function groupsByRollout(role: Role, paragraphs: readonly ScoredGroups[]): Map<string, ScoredGroup> {
  const groupOf = new Map<string, ScoredGroup>();
  for (const group of paragraphs.flatMap((p) => p.groups)) {
    if (group.role !== role) continue;
    for (const id of group.rolloutIds) {
      if (groupOf.has(id)) throw unbalanced(`a ${role} rollout stands in two groups`, id);
      groupOf.set(id, group);
    }
  }
  return groupOf;
}

function increment(counts: Map<string, number>, reason: string): void {
  counts.set(reason, (counts.get(reason) ?? 0) + 1);
}

function counts(byReason: ReadonlyMap<string, number>): LedgerLine['dropped'] {
  return [...byReason].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, count]) => ({ reason, count }));
}

function unbalanced(what: string, id: string): PretrainZeroError {
  return new PretrainZeroError('LEDGER_UNBALANCED', what, { id });
}
