/** A step made of groups with given rewards and response lengths, for tests of what is decided over a step. */
import { rewardedGroup } from '../../../operators/rewards/rewarded-group.ts';
import { scoringRules } from '../../../operators/rewards/scoring-rules.ts';
import { maskRolloutId, predictionRolloutId } from '../../../operators/rollouts/ids.ts';
import type { Config } from '../../../schemas/config/config.ts';
import type { ScoredGroups } from '../../../schemas/records/edges.ts';
import type { Role } from '../../../schemas/records/scored-group.ts';
import { sampleParagraph } from '../../sample-paragraph.ts';
import { sampleScores } from './sample-scores.ts';

export interface StepGroup {
  readonly role: Role;
  readonly rewards: readonly number[];
  /** Response tokens of each rollout. */
  readonly lengths: readonly number[];
}

/** One paragraph a group. */
export function scoredStep(groups: readonly StepGroup[], config: Config): ScoredGroups[] {
  return groups.map(({ role, rewards, lengths }, slot) => {
    const paragraph = sampleParagraph({ slot });
    const { predictions: [prediction], maskRollouts: [mask] } = sampleScores([[1]], { paragraph });
    const id = (index: number): string => (role === 'mask' ? maskRolloutId(paragraph.id, index) : predictionRolloutId(paragraph.id, 0, index));
    const tokens = (index: number) => ({ id: id(index), index, responseTokens: Array.from({ length: lengths[index]! }, () => 5), logprobs: Array.from({ length: lengths[index]! }, () => -0.5) });
    const rules = { ...scoringRules(config), predictionDropReason: () => null };
    const counted = {
      ...{ id: `${paragraph.id}/${role}`, paragraphId: paragraph.id, step: 1, slot, role, maskIndex: role === 'mask' ? null : 0 },
      ...{ rolloutIds: rewards.map((_, index) => id(index)), solved: rewards.map(() => 0), attempts: rewards.map(() => 1) },
    };
    return {
      paragraph,
      maskRollouts: role === 'mask' ? rewards.map((_, index) => ({ ...mask!, ...tokens(index) })) : [],
      passages: [],
      predictions: role === 'predict' ? rewards.map((_, index) => ({ ...prediction!, ...tokens(index) })) : [],
      groups: [rewardedGroup(counted, rewards, rules, null)],
    };
  });
}
