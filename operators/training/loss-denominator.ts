/**
 * What the token losses of a step are divided by. In: the step's scored paragraphs, the config. Out: the denominator; dropped groups and lost rollouts are not in it. Pure. A response
 * at advantage 0 has no gradient, but counts.
 */
import { formulations } from '../rewards/formulations.ts';
import type { Config } from '../../schemas/config/config.ts';
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import type { ScoredGroup } from '../../schemas/records/scored-group.ts';
import { countStepTokens } from './to-training-groups.ts';

/**
 * - `tokens`: sum of |o_i|, the token-level mean of DAPO.
 * - `token-limits`: sum of the response limits of each rollout's role: Dr. GRPO's constant, B x MAX_TOKENS in TRL, where both roles share one limit.
 * - `responses`: B: each response is a sum over its tokens, as in RLOO, and the loss their mean.
 */
export function lossDenominator(scored: readonly ScoredGroups[], { grpo, rollouts }: Pick<Config, 'grpo' | 'rollouts'>): number {
  const limits = { mask: rollouts.maxMaskResponseTokens, predict: rollouts.maxPredictionResponseTokens } as const;
  switch (formulations[grpo.formulation].reduction) {
    case 'tokens':
      return countStepTokens(scored);
    case 'token-limits':
      return sumOverKept(scored, ({ role, rolloutIds }) => rolloutIds.length * limits[role]);
    case 'responses':
      return sumOverKept(scored, ({ rolloutIds }) => rolloutIds.length);
  }
}

function sumOverKept(scored: readonly ScoredGroups[], of: (group: ScoredGroup) => number): number {
  return scored.reduce((sum, { groups }) => groups.reduce((own, group) => own + (group.kept ? of(group) : 0), sum), 0);
}
