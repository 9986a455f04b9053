/**
 * The baseline "Random RLPT" (3.1, 4.2): random word spans (geometric lengths, after SpanBERT) in place of learned masks. All
 * else is PretrainZero.
 */
import { scoreGroups } from '../operators/rewards/score-groups.ts';
import { drawSpans } from '../operators/rollouts/draw-spans.ts';
import { predictSpans } from '../operators/rollouts/predict-spans.ts';
import { grpoUpdate } from '../operators/training/update-rule.ts';
import { maskGroups, predictionGroups, scoredGroups } from './edges.ts';
import { pipeline } from './topology.ts';

export const randomSpan = pipeline('random-span')
  .stage('draw-spans', drawSpans, maskGroups)
  .stage('predict-spans', predictSpans, predictionGroups)
  .stage('score-groups', scoreGroups, scoredGroups)
  .update(grpoUpdate);
