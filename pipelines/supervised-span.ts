/**
 * The baseline "Supervised FT" (4.2): the masked-span task as question and answer. Random word spans are asked as in `random-span`; the answer is given at once, without reasoning, and the
 * cross-entropy is taken over it. Nothing is sampled.
 */
import { drawSpans } from '../operators/rollouts/draw-spans.ts';
import { supervisedUpdate } from '../operators/training/supervised-update.ts';
import { wrapPassages } from '../operators/training/wrap-passages.ts';
import { maskGroups, scoredGroups } from './edges.ts';
import { pipeline } from './topology.ts';

export const supervisedSpan = pipeline('supervised-span')
  .stage('draw-spans', drawSpans, maskGroups)
  .stage('wrap-passages', wrapPassages, scoredGroups)
  .update(supervisedUpdate);
