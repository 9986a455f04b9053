/** `supervised-span`: in: paragraphs with masked passages. Out: each as a scored message with nothing sampled. Nothing can go wrong. */
import { map, type OperatorFunction } from 'rxjs';
import type { MaskGroup, ScoredGroups } from '../../schemas/records/edges.ts';

export function wrapPassages(): OperatorFunction<MaskGroup, ScoredGroups> {
  return map((group) => ({ ...group, predictions: [], groups: [] }));
}
