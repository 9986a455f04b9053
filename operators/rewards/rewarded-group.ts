/**
 * In: a group, the rewards of its rollouts, and the critic's value of their prompt where the rules compare with it. Out: the group with these, the decision to keep or drop it, and its
 * advantages. Pure.
 */
import type { ScoredGroup } from '../../schemas/records/scored-group.ts';
import { advantages } from './advantages.ts';
import type { ScoringRules } from './scoring-rules.ts';

/** A group before it is rewarded. */
export type CountedGroup = Omit<ScoredGroup, 'rewards' | 'advantages' | 'kept' | 'dropReason' | 'rewardVersion'>;

/** @param value null: the formulation's own baselines */
export function rewardedGroup(group: CountedGroup, rewards: readonly number[], rules: ScoringRules, value: number | null): ScoredGroup {
  const generated = group.role === 'mask';
  const dropReason = generated ? rules.generationDropReason(rewards) : rules.predictionDropReason(group.solved.map((right) => right === 1));
  const baselines = value === null ? undefined : rewards.map(() => value);
  return {
    ...group,
    rewards,
    advantages: dropReason === null ? advantages(rewards, rules.formulation, baselines) : rewards.map(() => 0),
    kept: dropReason === null,
    dropReason,
    rewardVersion: generated ? rules.generation.version : rules.predictionRewardVersion,
  };
}
