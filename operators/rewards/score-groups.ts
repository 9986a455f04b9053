/**
 * In: paragraphs with masks and predictions. Out: the same with one scored group per GRPO group (eq. 8, 9, 10). A rollout
 * with a log-probability that is not finite becomes a dead letter (NOT_A_NUMBER): its record stays in the message, but its id is in no
 * group's `rolloutIds` and it counts in no group's statistics; nothing else is touched. A passage without predictions, which only a replay has (its
 * question was never asked), has no group, and the rollout that proposed it is likewise a dead letter (NOT_LOGGED): nobody knows how hard it is.
 *
 * It sees one paragraph at a time, wherever it runs. Rewards that ask after other spans, and advantages that ask after the whole step, are given by the gradient sink (`score-step.ts`): here
 * such masks are paid their difficulty, by which a step decides on refills, and such advantages are differences.
 */
import { map, type OperatorFunction } from 'rxjs';
import type { PredictionGroups, ScoredGroups } from '../../schemas/records/edges.ts';
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import type { MaskedPassage } from '../../schemas/records/masked-passage.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import type { Config } from '../../schemas/config/config.ts';
import type { Role } from '../../schemas/records/scored-group.ts';
import type { DeadLetterSink } from '../flow/dead-letter-sink.ts';
import { paragraphLetter } from '../flow/paragraph-letter.ts';
import { maskGroupId, predictionGroupId } from '../rollouts/ids.ts';
import { difficulty } from './generation/difficulty.ts';
import type { MaskOutcome } from './generation/generation-rule.ts';
import { groupValue } from './group-value.ts';
import { RecentSpans } from './recent-spans.ts';
import { rewardedGroup, type CountedGroup } from './rewarded-group.ts';
import { scoringRules, type ScoringRules } from './scoring-rules.ts';
import { spanRecords } from './span-record.ts';
import { unaskedPassages } from './unasked-passages.ts';

export interface ScoreDeps {
  readonly config: Pick<Config, 'grpo' | 'rewards'>;
  readonly deadLetters: DeadLetterSink;
}

/** @param rules @default the config's */
export function scoreGroups(deps: ScoreDeps, rules: ScoringRules = scoringRules(deps.config)): OperatorFunction<PredictionGroups, ScoredGroups> {
  const { rewards: pay } = rules.generation.needs === 'recent-steps' ? difficulty : rules.generation;
  const nothingBefore = new RecentSpans(0);
  return map((message) => {
    const { paragraph, maskRollouts, passages } = message;
    const predictions = finiteRollouts(deps, paragraph, 'predict', message.predictions);
    const unasked = unaskedPassages(message);
    for (const passage of unasked) deps.deadLetters(unaskedLetter(paragraph, passage));
    const asked = passages.filter((passage) => !unasked.includes(passage));
    const counted = asked.map(({ maskIndex }): CountedGroup => {
      const own = predictions.filter((prediction) => prediction.maskIndex === maskIndex);
      const counts = { rolloutIds: own.map(({ id }) => id), solved: own.map(({ correct }) => (correct ? 1 : 0)), attempts: own.map(() => 1) };
      return { ...groupOf(paragraph, 'predict', maskIndex), ...counts };
    });
    const predictionGroups = counted.map((group) =>
      rewardedGroup(group, group.solved.map((right) => rules.predictionReward(right === 1)), rules, groupValue(group.rolloutIds, predictions, rules)),
    );
    if (maskRollouts.length === 0) return { ...message, groups: predictionGroups };
    const records = new Map(spanRecords({ passages: asked, predictions, groups: counted }).map((record) => [record.groupId, record]));
    const unknown = new Set(unasked.map(({ maskRolloutId }) => maskRolloutId));
    const masks = finiteRollouts(deps, paragraph, 'mask', maskRollouts).filter(({ id }) => !unknown.has(id));
    const outcomes = masks.map(({ index }): MaskOutcome => {
      const record = records.get(predictionGroupId(paragraph.id, index));
      return record === undefined || record.attempts === 0 ? null : record;
    });
    const counts = { rolloutIds: masks.map(({ id }) => id), solved: outcomes.map((mask) => mask?.solved ?? null), attempts: outcomes.map((mask) => mask?.attempts ?? 0) };
    const generationGroup = rewardedGroup({ ...groupOf(paragraph, 'mask', null), ...counts }, pay(outcomes, nothingBefore), rules, groupValue(counts.rolloutIds, masks, rules));
    return { ...message, groups: [generationGroup, ...predictionGroups] };
  });
}

function groupOf({ id, step, slot }: Paragraph, role: Role, maskIndex: number | null): Omit<CountedGroup, 'rolloutIds' | 'solved' | 'attempts'> {
  return { id: maskIndex === null ? maskGroupId(id) : predictionGroupId(id, maskIndex), paragraphId: id, step, slot, role, maskIndex };
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
