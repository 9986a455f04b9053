/**
 * In: the scored paragraphs of a step, in slot order. Out: what the GRPO loss is computed over, both roles concatenated: the responses of kept
 * groups with an advantage other than 0, and all where a critic learns from them. Responses at advantage 0 have no gradient and are not computed, but their tokens
 * belong to the token-level mean, so `countStepTokens` counts them. Fails with RECORD_INVALID where a group names a missing rollout.
 */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import type { MaskConstraint } from '../../schemas/records/mask-rollout.ts';
import type { ScoredGroup } from '../../schemas/records/scored-group.ts';
import type { TrainingGroup, TrainingResponse } from '../ports/engine.ts';
import type { RuleOf } from '../rollouts/copying/copying-rule-of.ts';
import { allowedTokens } from '../rollouts/copying/copying-walk.ts';

interface Rollout {
  readonly promptTokens: readonly number[];
  readonly responseTokens: readonly number[];
  readonly logprobs: readonly number[];
  readonly value: number | null;
  /** Of a mask. */
  readonly constraint?: MaskConstraint | null;
}

/**
 * Kept groups in the order of paragraphs and groups; a response's id is its rollout's.
 * @param rulesOf what the masks of a paragraph with this text were sampled under, by their constraint
 */
export function toTrainingGroups(scored: readonly ScoredGroups[], rulesOf: (paragraph: string) => RuleOf): TrainingGroup[] {
  return scored.flatMap((message) => {
    const rollouts = rolloutsById(message);
    const ruleOf = rulesOf(message.paragraph.text);
    return keptGroups(message).map((group) => {
      const members = group.rolloutIds.map((id) => rolloutOf(rollouts, id));
      return {
        promptTokens: members[0]!.promptTokens,
        responses: members.flatMap(({ responseTokens, logprobs, value, constraint = null }, i): TrainingResponse[] => {
          const [advantage, reward] = [group.advantages[i]!, group.rewards[i]!];
          if (advantage === 0 && value === null) return [];
          const response = { id: group.rolloutIds[i]!, tokens: responseTokens, logprobs, advantage, ...(value !== null && { reward }) };
          const rule = ruleOf(constraint);
          return [rule === null ? response : { ...response, allowed: allowedTokens(rule, responseTokens) }];
        }),
      };
    });
  });
}

/** Response tokens of all kept groups: the denominator of a token-level mean (dropped groups are not in it). */
export function countStepTokens(scored: readonly ScoredGroups[]): number {
  let tokens = 0;
  for (const message of scored) {
    const rollouts = rolloutsById(message);
    for (const group of keptGroups(message)) {
      for (const id of group.rolloutIds) tokens += rolloutOf(rollouts, id).responseTokens.length;
    }
  }
  return tokens;
}

function keptGroups(message: ScoredGroups): ScoredGroup[] {
  return message.groups.filter((group) => group.kept);
}

function rolloutsById(message: ScoredGroups): Map<string, Rollout> {
  const rollouts = new Map<string, Rollout>();
  for (const rollout of message.maskRollouts) rollouts.set(rollout.id, rollout);
  for (const rollout of message.predictions) rollouts.set(rollout.id, rollout);
  return rollouts;
}

function rolloutOf(rollouts: ReadonlyMap<string, Rollout>, id: string): Rollout {
  const rollout = rollouts.get(id);
  if (rollout === undefined) throw new PretrainZeroError('RECORD_INVALID', 'a scored group names a rollout that is not in its message', { id });
  return rollout;
}
