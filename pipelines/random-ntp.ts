/**
 * The baseline of next-token prediction with reasoning (3.1): the text is cut at a random token, and the next token is predicted. All else is PretrainZero.
 */
import { scoreGroups } from '../operators/rewards/score-groups.ts';
import { drawTokens } from '../operators/rollouts/draw-tokens.ts';
import { predictSpans } from '../operators/rollouts/predict-spans.ts';
import { grpoUpdate } from '../operators/training/update-rule.ts';
import { maskGroups, predictionGroups, scoredGroups } from './edges.ts';
import { pipeline } from './topology.ts';

export const randomNtp = pipeline('random-ntp')
  .stage('draw-tokens', drawTokens, maskGroups)
  .stage('predict-spans', predictSpans, predictionGroups)
  .stage('score-groups', scoreGroups, scoredGroups)
  .update(grpoUpdate);
