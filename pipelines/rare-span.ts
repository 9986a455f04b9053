/**
 * A heuristic in place of learned masks: spans of the rarest words. All else is PretrainZero.
 */
import { scoreGroups } from '../operators/rewards/score-groups.ts';
import { drawRareSpans } from '../operators/rollouts/draw-rare-spans.ts';
import { predictSpans } from '../operators/rollouts/predict-spans.ts';
import { grpoUpdate } from '../operators/training/update-rule.ts';
import { maskGroups, predictionGroups, scoredGroups } from './edges.ts';
import { pipeline } from './topology.ts';

export const rareSpan = pipeline('rare-span')
  .stage('draw-rare-spans', drawRareSpans, maskGroups)
  .stage('predict-spans', predictSpans, predictionGroups)
  .stage('score-groups', scoreGroups, scoredGroups)
  .update(grpoUpdate);
