/** `continue-pretraining`: in: admitted paragraphs. Out: each as a scored message with nothing sampled. Nothing can go wrong. */
import { map, type OperatorFunction } from 'rxjs';
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';

export function wrapParagraphs(): OperatorFunction<Paragraph, ScoredGroups> {
  return map((paragraph) => ({ paragraph, maskRollouts: [], passages: [], predictions: [], groups: [] }));
}
