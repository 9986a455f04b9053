/**
 * The formulations of policy optimisation that a config may name in `grpo.formulation`: what a reward is compared with, by what the difference is divided, and by what the loss is. All
 * else (ratio and clip by token, no KL, both roles in one step) is common to them. Pure.
 */
import type { Config } from '../../schemas/config/config.ts';

export interface Formulation {
  readonly name: Config['grpo']['formulation'];
  /** What each reward of a group is compared with, where nobody else (a critic) says it. */
  readonly baselines: (rewards: readonly number[]) => readonly number[];
  /**
   * - `group-std`: the sample standard deviation (n - 1) of the group, as in TRL and verl, which add 1e-4 or 1e-6 to it against division by 0; groups without variance are found by
   *   comparing here, so nothing is added.
   * - `none`
   * - `step`: mean and standard deviation of the whole step, role by role (`whiten-step.ts`).
   */
  readonly scale: 'group-std' | 'none' | 'step';
  /**
   * What the sum of the token losses is divided by:
   * - `tokens`: response tokens of the step.
   * - `token-limits`: the tokens that its responses could have had at most: as many whatever their length.
   * - `responses`: how many there are, so that each is a sum over its tokens.
   */
  readonly reduction: 'tokens' | 'token-limits' | 'responses';
}

export const formulations: Readonly<Record<Config['grpo']['formulation'], Formulation>> = {
  /** The paper's eq. 10 with DAPO's token-level mean: A = (r - mean) / std. */
  grpo: { name: 'grpo', baselines: groupMean, scale: 'group-std', reduction: 'tokens' },
  /** Dr. GRPO (arXiv 2503.20783): A = r - mean, and no division by lengths. */
  'dr-grpo': { name: 'dr-grpo', baselines: groupMean, scale: 'none', reduction: 'token-limits' },
  /** RLOO (arXiv 2402.14740): A = r - mean of the others, and the log-probability of a whole response. */
  rloo: { name: 'rloo', baselines: meanOfOthers, scale: 'none', reduction: 'responses' },
  /** REINFORCE++ (arXiv 2501.03262): A = (r - mean of the step) / std of the step. */
  'reinforce++': { name: 'reinforce++', baselines: nothing, scale: 'step', reduction: 'tokens' },
  /** Its variant with the group's mean as baseline: A' = r - mean; A = (A' - mean of the step) / std of the step. */
  'reinforce++-baseline': { name: 'reinforce++-baseline', baselines: groupMean, scale: 'step', reduction: 'tokens' },
};

/** Of equal rewards it is the reward itself, to the bit: the difference is then exactly 0. */
function groupMean(rewards: readonly number[]): readonly number[] {
  if (areEqual(rewards)) return rewards;
  const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
  return rewards.map(() => mean);
}

function meanOfOthers(rewards: readonly number[]): readonly number[] {
  if (areEqual(rewards)) return rewards;
  const sum = rewards.reduce((total, reward) => total + reward, 0);
  return rewards.map((reward) => (sum - reward) / (rewards.length - 1));
}

function nothing(rewards: readonly number[]): readonly number[] {
  return rewards.map(() => 0);
}

/** Whether a group tells nothing; also one of a single reward, or of none. */
export function areEqual(rewards: readonly number[]): boolean {
  return rewards.every((reward) => reward === rewards[0]);
}
