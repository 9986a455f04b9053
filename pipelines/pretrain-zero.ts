/**
 * PretrainZero (arXiv 2512.03442, figure 2): one set of weights plays two roles on plain text, and both are trained in one step.
 *
 * ```
 * corpus ─ paragraphs ─▶ generate masks ─ mask groups ─▶ predict spans ─ prediction groups ─▶ score groups
 *    ▲                     (policy pi)                     (policy psi)                      (eq. 8, 9, 10)
 *    └── credits ◀── policy versions ◀── update (eq. 11, one optimiser step) ◀── scored groups ──┘
 * ```
 *
 * With `run.coldStartSteps` the masks of the first steps are random spans, as SmolLM3-3B-Base needs it (100 of 2000).
 */
import { scoreGroups } from '../operators/rewards/score-groups.ts';
import { coldStart } from '../operators/rollouts/cold-start.ts';
import { generateMasks } from '../operators/rollouts/generate-masks.ts';
import { predictSpans } from '../operators/rollouts/predict-spans.ts';
import { grpoUpdate } from '../operators/training/update-rule.ts';
import { maskGroups, predictionGroups, scoredGroups } from './edges.ts';
import { pipeline } from './topology.ts';

export const pretrainZero = pipeline('pretrain-zero')
  .stage('generate-masks', coldStart(generateMasks), maskGroups)
  .stage('predict-spans', predictSpans, predictionGroups)
  .stage('score-groups', scoreGroups, scoredGroups)
  .update(grpoUpdate);
