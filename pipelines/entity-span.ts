/**
 * A heuristic in place of learned masks: names and numbers. All else is PretrainZero.
 */
import { scoreGroups } from '../operators/rewards/score-groups.ts';
import { drawEntities } from '../operators/rollouts/draw-entities.ts';
import { predictSpans } from '../operators/rollouts/predict-spans.ts';
import { grpoUpdate } from '../operators/training/update-rule.ts';
import { maskGroups, predictionGroups, scoredGroups } from './edges.ts';
import { pipeline } from './topology.ts';

export const entitySpan = pipeline('entity-span')
  .stage('draw-entities', drawEntities, maskGroups)
  .stage('predict-spans', predictSpans, predictionGroups)
  .stage('score-groups', scoreGroups, scoredGroups)
  .update(grpoUpdate);
