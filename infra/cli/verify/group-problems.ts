/** Rewards and advantages once more. In: a logged group. Out: what is not as the reward rules make it of the group's counts. Pure. */
import { advantages } from '../../../operators/rewards/advantages.ts';
import { generationReward } from '../../../operators/rewards/generation-reward.ts';
import { generationDropReason, predictionDropReason } from '../../../operators/rewards/group-filter.ts';
import type { ScoredGroup } from '../../../schemas/records/scored-group.ts';

export type LoggedGroup = Pick<ScoredGroup, 'id' | 'role' | 'solved' | 'attempts' | 'rewards' | 'advantages' | 'dropReason'>;

export function groupProblems(group: LoggedGroup): string[] {
  const { id, role, solved } = group;
  const outcomes = solved.map((count, i) => ({ solved: count, attempts: group.attempts[i] ?? 0 }));
  const rewards = outcomes.map(({ solved: count, attempts }) => (role === 'mask' ? generationReward(count, attempts) : (count ?? 0)));
  const dropReason = role === 'mask' ? generationDropReason(outcomes) : predictionDropReason(outcomes);
  const expected = dropReason === null ? advantages(rewards) : rewards.map(() => 0);
  return [
    same(rewards, group.rewards) ? [] : [`${id}: the rewards are not those of its counts`],
    dropReason === group.dropReason ? [] : [`${id}: it was ${group.dropReason ?? 'kept'}, and should be ${dropReason ?? 'kept'}`],
    same(expected, group.advantages) ? [] : [`${id}: the advantages are not those of its rewards`],
  ].flat();
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]) || value === b[i]);
}
