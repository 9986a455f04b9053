/** Events of an invented run, for tests of what is shown. */
import type { EvaluationSummary } from '../../../operators/evaluation/summarise-evaluation.ts';
import type { RunOutcome, RunStarted, StepDone } from '../../../pipelines/run-events.ts';

export const started: RunStarted = {
  type: 'started',
  name: 'quickstart',
  pipeline: 'pretrain-zero',
  directory: 'runs/quickstart',
  steps: 35,
  engine: { backend: 'wasm', reason: 'no native backend is installed', threads: 2, parameters: 1_234_567, trainedParameters: 1_234_567, vocabularySize: 512, maxPositions: 512, recomputesActivations: false },
  stages: ['generate-masks', 'predict-spans', 'score-groups', 'update'],
};

export function stepDone(step: number, changes: { readonly report?: Partial<StepDone['report']>; readonly totalMs?: number } = {}): StepDone {
  return {
    type: 'step-done',
    step,
    steps: 35,
    report: {
      step,
      policyVersion: step,
      oldestPolicyVersion: step - 1,
      paragraphs: 8,
      learningRate: 1e-4,
      loss: 0.125,
      gradientNorm: 1,
      updateNorm: 0.1,
      responseTokens: 2000,
      clippedLowShare: 0,
      clippedHighShare: 0,
      cappedShare: 0,
      ratioMean: 1,
      entropyMean: 0.5,
      logprobDriftMean: 0,
      logprobDriftMax: 0,
      tokensComputed: 9000,
      tokensInRows: 30000,
      maskRewardMean: 0.31,
      predictionRewardMean: 0.46,
      usableMaskShare: 0.72,
      distinctMasksPerHundred: 61,
      truncatedMaskShare: 0,
      truncatedPredictionShare: 0,
      maskResponseTokensMean: 5,
      predictionResponseTokensMean: 4,
      sampledTokens: 2432,
      predictionRewardError: 0.02,
      criticLoss: null,
      criticExplainedVariance: null,
      instability: null,
      harm: null,
      imbalance: null,
      barren: null,
      heldOutStep: null,
      bestHeldOutStep: null,
      ledger: [
        { role: 'mask', admitted: 64, trained: 48, dropped: [{ reason: 'all-zero', count: 16 }], deadLettered: [] },
        { role: 'predict', admitted: 368, trained: 200, dropped: [{ reason: 'all-one', count: 168 }], deadLettered: [] },
      ],
      ...changes.report,
    },
    timing: { step, wallTimeMs: 0, totalMs: changes.totalMs ?? 5000, generateMs: 2000, trainMs: 2500, logMs: 100, flowMs: 400 },
  };
}

export const summaryBefore: EvaluationSummary = {
  cloze: {
    items: 200,
    correct: 62,
    accuracy: 0.31,
    byClass: [
      { spanClass: 'inferable', items: 100, correct: 40, accuracy: 0.4 },
      { spanClass: 'knowledge', items: 100, correct: 22, accuracy: 0.22 },
    ],
  },
  maskProbe: {
    samples: 100,
    usable: 70,
    usableShare: 0.7,
    byClass: [
      { spanClass: 'knowledge', masks: 49, share: 0.7 },
      { spanClass: 'noise', masks: 21, share: 0.3 },
    ],
    distinctMasksPerHundred: 80,
  },
};

export const summaryAfter: EvaluationSummary = {
  cloze: {
    items: 200,
    correct: 91,
    accuracy: 0.455,
    byClass: [
      { spanClass: 'inferable', items: 100, correct: 60, accuracy: 0.6 },
      { spanClass: 'knowledge', items: 100, correct: 31, accuracy: 0.31 },
    ],
  },
  maskProbe: {
    samples: 100,
    usable: 90,
    usableShare: 0.9,
    byClass: [{ spanClass: 'knowledge', masks: 90, share: 1 }],
    distinctMasksPerHundred: 75.5,
  },
};

export const completed: RunOutcome = { kind: 'completed', directory: 'runs/quickstart', step: 35, steps: 35, before: summaryBefore, after: summaryAfter, alarms: [] };
