/**
 * A heuristic in place of learned masks: word spans of highest entropy under the current policy. All else is PretrainZero.
 */
import { scoreGroups } from '../operators/rewards/score-groups.ts';
import { drawUncertainSpans } from '../operators/rollouts/draw-uncertain-spans.ts';
import { predictSpans } from '../operators/rollouts/predict-spans.ts';
import { grpoUpdate } from '../operators/training/update-rule.ts';
import { maskGroups, predictionGroups, scoredGroups } from './edges.ts';
import { pipeline } from './topology.ts';

export const entropySpan = pipeline('entropy-span')
  .stage('draw-uncertain-spans', drawUncertainSpans, maskGroups)
  .stage('predict-spans', predictSpans, predictionGroups)
  .stage('score-groups', scoreGroups, scoredGroups)
  .update(grpoUpdate);
