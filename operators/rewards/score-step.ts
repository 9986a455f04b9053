/**
 * What a paragraph alone does not decide, once the whole step is there. In: the step's paragraphs as `scoreGroups` left them, and the spans of this step and those before. Out: the same with
 * the rewards that ask after other spans, the drops that follow from them, and the advantages that ask after the whole step. Pure.
 */
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import type { ScoredGroup } from '../../schemas/records/scored-group.ts';
import { groupIdOfMask } from '../rollouts/ids.ts';
import { groupValue } from './group-value.ts';
import type { SpanHistory } from './recent-spans.ts';
import { rewardedGroup } from './rewarded-group.ts';
import type { ScoringRules } from './scoring-rules.ts';
import { spanRecords } from './span-record.ts';
import { whitenStep } from './whiten-step.ts';

export function scoreStep(paragraphs: readonly ScoredGroups[], rules: ScoringRules, history: SpanHistory): readonly ScoredGroups[] {
  const paid = rules.generation.needs === 'recent-steps' ? paragraphs.map((message) => payMasks(message, rules, history)) : paragraphs;
  return rules.formulation.scale === 'step' ? whitenStep(paid) : paid;
}

function payMasks(message: ScoredGroups, rules: ScoringRules, history: SpanHistory): ScoredGroups {
  const records = new Map(spanRecords(message).map((record) => [record.groupId, record]));
  const paid = (group: ScoredGroup): ScoredGroup => {
    const masks = group.rolloutIds.map((id, i) => (group.solved[i] === null ? null : (records.get(groupIdOfMask(id)) ?? null)));
    return rewardedGroup(group, rules.generation.rewards(masks, history), rules, groupValue(group.rolloutIds, message.maskRollouts, rules));
  };
  return { ...message, groups: message.groups.map((group) => (group.role === 'mask' ? paid(group) : group)) };
}
