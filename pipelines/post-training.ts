/**
 * Post-training with verifiable rewards (4.3): RLVR on question-answer data, from any checkpoint. The prediction role, its groups and its update are PretrainZero's; the question stands where a masked passage stands, and a verifier in place of exact
 * match.
 */
import { scoreAnswers } from '../operators/rewards/score-answers.ts';
import { askAnswers } from '../operators/rollouts/ask-answers.ts';
import { predictAnswers } from '../operators/rollouts/predict-answers.ts';
import { grpoUpdate } from '../operators/training/update-rule.ts';
import { maskGroups, predictionGroups, scoredGroups } from './edges.ts';
import { pipeline } from './topology.ts';

export const postTraining = pipeline('post-training')
  .stage('ask-answers', askAnswers, maskGroups)
  .stage('predict-answers', predictAnswers, predictionGroups)
  .stage('score-answers', scoreAnswers, scoredGroups)
  .update(grpoUpdate);
