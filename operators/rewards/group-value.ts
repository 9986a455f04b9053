/**
 * What the critic says of a group's prompt. In: ids of the group's rollouts, the rollouts of its message, and the rules. Out: the value, which all of them have alike; null where the rules
 * compare with something else, or no rollout is left. Wrong: RECORD_INVALID where a rollout has none. Pure.
 */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { ScoringRules } from './scoring-rules.ts';

interface ValuedRollout {
  readonly id: string;
  readonly value: number | null;
}

export function groupValue([id]: readonly string[], rollouts: readonly ValuedRollout[], { baseline }: Pick<ScoringRules, 'baseline'>): number | null {
  if (baseline !== 'critic' || id === undefined) return null;
  const value = rollouts.find((rollout) => rollout.id === id)?.value ?? null;
  if (value === null) throw new PretrainZeroError('RECORD_INVALID', 'a rollout has no value of the critic, and grpo.baseline is critic', { id });
  return value;
}
