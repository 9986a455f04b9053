/** In: a paragraph's passages and predictions. Out: the passages that nobody was asked: a run has none, a replay may. Pure. */
import type { PredictionGroups } from '../../schemas/records/edges.ts';
import type { MaskedPassage } from '../../schemas/records/masked-passage.ts';

export function unaskedPassages({ passages, predictions }: Pick<PredictionGroups, 'passages' | 'predictions'>): MaskedPassage[] {
  const asked = new Set(predictions.map(({ maskIndex }) => maskIndex));
  return passages.filter(({ maskIndex }) => !asked.has(maskIndex));
}
