import { bool, float64, int32, list, nullable, oneOf, utf8 } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';

export const roles = ['mask', 'predict'] as const;
export type Role = (typeof roles)[number];

/** Why a group was left out of the update. */
export const dropReasons = [
  'all-zero', // no rollout was rewarded
  'all-one', // predictions only: every rollout was right
  'all-equal', // masks only: every reward equal and above 0
] as const;
export type DropReason = (typeof dropReasons)[number];

/** The rewards and advantages of one GRPO group. */
export const scoredGroup = defineRecord('scored_group', 1, 'A GRPO group with its rewards and advantages.', {
  id: utf8('`step/slot/mask` or `step/slot/predict/maskIndex`.'),
  paragraphId: utf8('The paragraph.'),
  step: int32('Optimiser step.', 'step'),
  slot: int32('Slot of the paragraph.', 'index'),
  role: oneOf(roles, 'Whose rollouts: `mask` (generation) or `predict`.'),
  maskIndex: nullable(int32('For `predict`: the mask that was predicted.', 'index')),
  rolloutIds: list(utf8('Rollout id.'), 'The rollouts, in order of their index.'),
  solved: list(
    nullable(int32('Successes.', 'predictions')),
    'Success counts: for `predict` 0 or 1 a rollout; for `mask` right predictions of its mask, null where unusable.',
  ),
  attempts: list(int32('Predictions.', 'predictions'), 'Out of how many: 1 for `predict`; predictions of the mask for `mask`.'),
  rewards: list(float64('Reward.', 'reward, 0 to 1'), 'Reward of each rollout (eq. 8; eq. 9, or what `rewards.generation` names).'),
  advantages: list(float64('Advantage.', 'standard deviations'), '(r - mean) / std of the group, or what `grpo.formulation` names (of dr-grpo and rloo in units of reward); r - V with a critic (in units of reward); all 0 where it was dropped.'),
  kept: bool('Whether it takes part in the update.'),
  dropReason: nullable(oneOf(dropReasons, 'Why not.')),
  rewardVersion: utf8('Name and version of the reward rule.'),
});
export type ScoredGroup = RecordOf<typeof scoredGroup>;
