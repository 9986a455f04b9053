/**
 * Rewards and advantages once more. In: a logged group, and the rules of its run. Out: what is not as the rules make it of the group's counts. Pure. What asks after more than these (texts, other
 * steps, the whole step) is taken as logged: `pretrainzero replay` computes it again.
 */
import type { MaskOutcome } from '../../../operators/rewards/generation/generation-rule.ts';
import { RecentSpans } from '../../../operators/rewards/recent-spans.ts';
import { rewardedGroup } from '../../../operators/rewards/rewarded-group.ts';
import type { ScoringRules } from '../../../operators/rewards/scoring-rules.ts';
import type { ScoredGroup } from '../../../schemas/records/scored-group.ts';

export type LoggedGroup = Pick<ScoredGroup, 'id' | 'role' | 'rolloutIds' | 'solved' | 'attempts' | 'rewards' | 'advantages' | 'dropReason'> & {
  /** The critic's, as the group's rollouts have it; null where they have none. */
  readonly value: number | null;
};

export function groupProblems(group: LoggedGroup, rules: ScoringRules): string[] {
  const { id, value } = group;
  if (rules.baseline === 'critic' && value === null && group.rolloutIds.length > 0) return [`${id}: its rollouts have no value of the critic`];
  const rewards = rewardsOf(group, rules);
  const { dropReason, advantages } = rewardedGroup({ ...group, paragraphId: '', step: 0, slot: 0, maskIndex: null }, rewards, rules, value);
  const ofGroup = rules.formulation.scale !== 'step' || dropReason !== null;
  return [
    same(rewards, group.rewards) ? [] : [`${id}: the rewards are not those of its counts`],
    dropReason === group.dropReason ? [] : [`${id}: it was ${group.dropReason ?? 'kept'}, and should be ${dropReason ?? 'kept'}`],
    !ofGroup || same(advantages, group.advantages) ? [] : [`${id}: the advantages are not those of its rewards`],
  ].flat();
}

function rewardsOf({ role, solved, attempts, rewards }: LoggedGroup, rules: ScoringRules): readonly number[] {
  if (role === 'predict') return solved.map((right) => rules.predictionReward(right === 1));
  if (rules.generation.needs !== 'counts') return rewards;
  const masks = solved.map((right, i): MaskOutcome => (right === null ? null : { groupId: '', text: '', policyVersion: null, solved: right, attempts: attempts[i] ?? 0, wrongAnswers: [] }));
  return rules.generation.rewards(masks, new RecentSpans(0));
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]) || value === b[i]);
}
