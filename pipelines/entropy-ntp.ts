/**
 * The recipe of RPT (3.1, fig. 3): next-token prediction with reasoning, at a token drawn from the 20% of highest entropy under the current policy. All else is
 * PretrainZero.
 */
import { scoreGroups } from '../operators/rewards/score-groups.ts';
import { drawUncertainTokens } from '../operators/rollouts/draw-uncertain-tokens.ts';
import { predictSpans } from '../operators/rollouts/predict-spans.ts';
import { grpoUpdate } from '../operators/training/update-rule.ts';
import { maskGroups, predictionGroups, scoredGroups } from './edges.ts';
import { pipeline } from './topology.ts';

export const entropyNtp = pipeline('entropy-ntp')
  .stage('draw-uncertain-tokens', drawUncertainTokens, maskGroups)
  .stage('predict-spans', predictSpans, predictionGroups)
  .stage('score-groups', scoreGroups, scoredGroups)
  .update(grpoUpdate);
