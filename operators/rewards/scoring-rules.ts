/** What `scoreGroups` pays, which groups it drops and what advantages it gives, as a value: another one asks what other rewards or another filter would have done. Pure. */
import type { Config } from '../../schemas/config/config.ts';
import type { DropReason } from '../../schemas/records/scored-group.ts';
import { formulations, type Formulation } from './formulations.ts';
import { generationRules } from './generation/generation-rules.ts';
import type { GenerationRule } from './generation/generation-rule.ts';
import { emptyGroup, generationDropReason, predictionDropReason } from './group-filter.ts';
import { predictionReward, predictionRewardVersion } from './prediction-reward.ts';

export interface ScoringRules {
  readonly generation: GenerationRule;
  /** @returns in [0, 1] */
  readonly predictionReward: (correct: boolean) => number;
  /** Name and version, which stand in every prediction group. */
  readonly predictionRewardVersion: string;
  /** Why a group is dropped, or null. A group without rollouts must be. */
  readonly generationDropReason: (rewards: readonly number[]) => DropReason | null;
  readonly predictionDropReason: (correct: readonly boolean[]) => DropReason | null;
  readonly formulation: Formulation;
  /** What a reward is compared with: what the formulation says, or the critic's value of the prompt, which the rollouts then have. */
  readonly baseline: Config['grpo']['baseline'];
}

/**
 * As the config says it: of `base.yaml`, eq. 8, eq. 9, eq. 10 and DAPO's filter. Against a critic rewards that are all alike carry signal, and have no deviation to divide by: no group is
 * dropped of which a rollout is left, and nothing is divided by a group's deviation.
 */
export function scoringRules({ grpo, rewards }: Pick<Config, 'grpo' | 'rewards'>): ScoringRules {
  const critic = grpo.baseline === 'critic';
  const filter = grpo.groupFilter && !critic;
  const formulation = formulations[grpo.formulation];
  return {
    generation: generationRules[rewards.generation],
    predictionReward,
    predictionRewardVersion,
    generationDropReason: filter ? generationDropReason : emptyGroup,
    predictionDropReason: filter ? predictionDropReason : emptyGroup,
    formulation: critic && formulation.scale === 'group-std' ? { ...formulation, scale: 'none' } : formulation,
    baseline: grpo.baseline,
  };
}

/** Whether the rules leave anything to decide that a paragraph alone does not. */
export function needsStep({ generation, formulation }: ScoringRules): boolean {
  return generation.needs === 'recent-steps' || formulation.scale === 'step';
}
