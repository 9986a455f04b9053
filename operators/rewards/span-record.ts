/**
 * What became of each masked span of some paragraphs. In: passages, their predictions, and the prediction groups that say which of these count. Out: one record a group,
 * in order. Pure. The rows may be those of messages or of the log.
 */
import type { MaskedPassage } from '../../schemas/records/masked-passage.ts';
import type { PredictionRollout } from '../../schemas/records/prediction-rollout.ts';
import type { ScoredGroup } from '../../schemas/records/scored-group.ts';
import { normaliseAnswer } from '../rollouts/parse-answer.ts';

export interface SpanRecord {
  /** Id of the passage's prediction group. */
  readonly groupId: string;
  /** The hidden text, after the whitespace rule: spans of one text are one span, whatever paragraph they stand in. */
  readonly text: string;
  /** Version of the weights that predicted it; null where no prediction of it is left. */
  readonly policyVersion: number | null;
  readonly solved: number; // right predictions
  readonly attempts: number; // predictions
  /** Answers of the others; empty for none. */
  readonly wrongAnswers: readonly string[];
}

export interface SpanRows {
  readonly passages: readonly Pick<MaskedPassage, 'paragraphId' | 'maskIndex' | 'maskText'>[];
  readonly predictions: readonly Pick<PredictionRollout, 'id' | 'policyVersion' | 'answer'>[];
  readonly groups: readonly Pick<ScoredGroup, 'id' | 'paragraphId' | 'role' | 'maskIndex' | 'rolloutIds' | 'solved'>[];
}

export function spanRecords({ passages, predictions, groups }: SpanRows): SpanRecord[] {
  const texts = new Map(passages.map(({ paragraphId, maskIndex, maskText }) => [`${paragraphId} ${maskIndex}`, normaliseAnswer(maskText)]));
  const byId = new Map(predictions.map((prediction) => [prediction.id, prediction]));
  return groups
    .filter(({ role }) => role === 'predict')
    .map(({ id, paragraphId, maskIndex, rolloutIds, solved }) => ({
      groupId: id,
      text: texts.get(`${paragraphId} ${maskIndex ?? ''}`) ?? '',
      policyVersion: byId.get(rolloutIds[0] ?? '')?.policyVersion ?? null,
      solved: solved.filter((right) => right === 1).length,
      attempts: rolloutIds.length,
      wrongAnswers: rolloutIds.flatMap((rollout, i) => (solved[i] === 1 ? [] : [byId.get(rollout)?.answer ?? ''])),
    }));
}
