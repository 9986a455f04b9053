/**
 * In: paragraphs with masks and predictions. Out: the same with one scored group per GRPO group (eq. 8, 9, 10). A rollout
 * with a log-probability that is not finite becomes a dead letter (NOT_A_NUMBER): its record stays in the message, but its id is in no
 * group's `rolloutIds` and it counts in no group's statistics; nothing else is touched. A passage without predictions, which only a replay has (its
 * question was never asked), has no group, and the rollout that proposed it is likewise a dead letter (NOT_LOGGED): nobody knows how hard it is.
 */
import { map, type OperatorFunction } from 'rxjs';
import type { PredictionGroups, ScoredGroups } from '../../schemas/records/edges.ts';
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import type { MaskedPassage } from '../../schemas/records/masked-passage.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import type { DropReason, Role, ScoredGroup } from '../../schemas/records/scored-group.ts';
import type { DeadLetterSink } from '../flow/dead-letter-sink.ts';
import { paragraphLetter } from '../flow/paragraph-letter.ts';
import { maskGroupId, predictionGroupId } from '../rollouts/ids.ts';
import { advantages } from './advantages.ts';
import type { Outcome } from './group-filter.ts';
import { paperRules, type ScoringRules } from './scoring-rules.ts';
import { unaskedPassages } from './unasked-passages.ts';

export interface ScoreDeps {
  readonly deadLetters: DeadLetterSink;
}

/** Rewards, advantages and the decision to keep or drop, for every group of a paragraph. */
export function scoreGroups(deps: ScoreDeps, rules: ScoringRules = paperRules): OperatorFunction<PredictionGroups, ScoredGroups> {
  return map((message) => {
    const predictions = finiteRollouts(deps, message.paragraph, 'predict', message.predictions);
    const unasked = unaskedPassages(message);
    for (const passage of unasked) deps.deadLetters(unaskedLetter(message.paragraph, passage));
    const asked = message.passages.filter((passage) => !unasked.includes(passage));
    const ofMask = new Map(
      asked.map(({ maskIndex }) => {
        const own = predictions.filter((prediction) => prediction.maskIndex === maskIndex);
        return [maskIndex, own] as const;
      }),
    );
    const predictionGroups = [...ofMask].map(([maskIndex, own]) =>
      scoredGroup(message.paragraph, 'predict', maskIndex, {
        ids: own.map((prediction) => prediction.id),
        outcomes: own.map((prediction) => ({ solved: prediction.correct ? 1 : 0, attempts: 1 })),
        rewards: own.map((prediction) => rules.predictionReward(prediction.correct)),
      }, rules),
    );
    if (message.maskRollouts.length === 0) return { ...message, groups: predictionGroups };
    const unknown = new Set(unasked.map(({ maskRolloutId }) => maskRolloutId));
    const masks = finiteRollouts(deps, message.paragraph, 'mask', message.maskRollouts).filter(({ id }) => !unknown.has(id));
    const outcomes = masks.map((mask): Outcome => {
      const own = ofMask.get(mask.index);
      if (own === undefined || own.length === 0) return { solved: null, attempts: 0 };
      return { solved: own.filter((prediction) => prediction.correct).length, attempts: own.length };
    });
    const generationGroup = scoredGroup(message.paragraph, 'mask', null, {
      ids: masks.map((mask) => mask.id),
      outcomes,
      rewards: outcomes.map(({ solved, attempts }) => rules.generationReward(solved, attempts)),
    }, rules);
    return { ...message, groups: [generationGroup, ...predictionGroups] };
  });
}

interface GroupOutcome {
  readonly ids: readonly string[];
  readonly outcomes: readonly Outcome[];
  readonly rewards: readonly number[];
}

function scoredGroup(paragraph: Paragraph, role: Role, maskIndex: number | null, { ids, outcomes, rewards }: GroupOutcome, rules: ScoringRules): ScoredGroup {
  const dropReason: DropReason | null = role === 'mask' ? rules.generationDropReason(outcomes) : rules.predictionDropReason(outcomes);
  return {
    id: maskIndex === null ? maskGroupId(paragraph.id) : predictionGroupId(paragraph.id, maskIndex),
    paragraphId: paragraph.id,
    step: paragraph.step,
    slot: paragraph.slot,
    role,
    maskIndex,
    rolloutIds: ids,
    solved: outcomes.map((outcome) => outcome.solved),
    attempts: outcomes.map((outcome) => outcome.attempts),
    rewards,
    advantages: dropReason === null ? advantages(rewards) : rewards.map(() => 0),
    kept: dropReason === null,
    dropReason,
    rewardVersion: role === 'mask' ? rules.generationRewardVersion : rules.predictionRewardVersion,
  };
}

function unaskedLetter(paragraph: Paragraph, { id, maskRolloutId }: MaskedPassage): DeadLetter {
  const message = 'the question of the mask is not the one that the log holds answers to';
  return paragraphLetter(paragraph, { stage: 'reward', code: 'NOT_LOGGED', message, rollout: { role: 'mask', id: maskRolloutId ?? id } });
}

function finiteRollouts<T extends { readonly id: string; readonly logprobs: readonly number[] }>(
  deps: ScoreDeps,
  paragraph: Paragraph,
  role: Role,
  rollouts: readonly T[],
): readonly T[] {
  return rollouts.filter(({ id, logprobs }) => {
    const at = logprobs.findIndex((logprob) => !Number.isFinite(logprob));
    if (at < 0) return true;
    const message = `the log-probability of response token ${at} is ${logprobs[at]!}`;
    deps.deadLetters(paragraphLetter(paragraph, { stage: 'reward', code: 'NOT_A_NUMBER', message, rollout: { role, id } }));
    return false;
  });
}
