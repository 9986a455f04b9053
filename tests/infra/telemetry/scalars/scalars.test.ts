import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { evaluationScalars } from '../../../../infra/telemetry/scalars/evaluation-scalars.ts';
import { scalarTag, type Scalar } from '../../../../infra/telemetry/scalars/scalar.ts';
import { stepScalars } from '../../../../infra/telemetry/scalars/step-scalars.ts';
import { summariseEvaluation } from '../../../../operators/evaluation/summarise-evaluation.ts';
import { stepReport, type StepReport } from '../../../../schemas/records/step-report.ts';
import { stepTiming } from '../../../../schemas/records/step-timing.ts';
import { arbitraryRecord } from '../../../arbitrary-record.ts';

const report: StepReport = {
  ...{ step: 3, policyVersion: 3, oldestPolicyVersion: 1, paragraphs: 2, learningRate: 1e-4, loss: 0.5, gradientNorm: 2, updateNorm: 0.1, responseTokens: 40 },
  ...{ clippedLowShare: 0.1, clippedHighShare: 0.2, cappedShare: 0.05, ratioMean: 1.1, entropyMean: 0.7, logprobDriftMean: 1e-6, logprobDriftMax: 1e-5, tokensComputed: 600, tokensInRows: 900 },
  ...{ maskRewardMean: 0.25, predictionRewardMean: 0.6, usableMaskShare: 0.75, distinctMasksPerHundred: 50, truncatedMaskShare: 0, truncatedPredictionShare: 0.1 },
  ...{ maskResponseTokensMean: 9, predictionResponseTokensMean: 5, sampledTokens: 200 },
  ...{ predictionRewardError: 0.02, criticLoss: 0.2, criticExplainedVariance: 0.4, instability: 0.03, harm: null, imbalance: 0.25, barren: 0.5, heldOutStep: null, bestHeldOutStep: null },
  ledger: [
    { role: 'mask', admitted: 10, trained: 10, dropped: [], deadLettered: [] },
    { role: 'predict', admitted: 30, trained: 12, dropped: [{ reason: 'all-zero', count: 6 }, { reason: 'all-one', count: 12 }], deadLettered: [] },
  ],
};
const timing = { step: 3, wallTimeMs: 0, totalMs: 4000, generateMs: 2000, trainMs: 1000, logMs: 0, flowMs: 1000 };
const byTag = (scalars: readonly Scalar[]): Record<string, number> => Object.fromEntries(scalars.map((scalar) => [scalarTag(scalar), scalar.value]));

test('a step has the curves of the paper, by its names', () => {
  assert.deepEqual(byTag(stepScalars(report, timing)), {
    ...{ 'reward/mask_generation': 0.25, 'reward/mask_prediction': 0.6, accuracy: 0.6 },
    ...{ 'response_length/all': 5, 'response_length/mask_generation': 9, 'response_length/mask_prediction': 5 },
    ...{ 'truncated_share/mask_generation': 0, 'truncated_share/mask_prediction': 0.1, usable_mask_share: 0.75, distinct_masks: 50 },
    ...{ 'dropped_share/mask_generation/any': 0, 'dropped_share/mask_generation/all-zero': 0, 'dropped_share/mask_generation/all-equal': 0 },
    ...{ 'dropped_share/mask_prediction/any': 0.6, 'dropped_share/mask_prediction/all-zero': 0.2, 'dropped_share/mask_prediction/all-one': 0.4 },
    ...{ entropy: 0.7, 'clip_share/low': 0.1, 'clip_share/high': 0.2, capped_share: 0.05, ratio: 1.1, 'logprob_drift/mean': 1e-6, 'logprob_drift/max': 1e-5 },
    ...{ learning_rate: 1e-4, loss: 0.5, critic_loss: 0.2, critic_explained_variance: 0.4, gradient_norm: 2, update_norm: 0.1, staleness: 1 },
    ...{ 'failure_sign/instability': 0.03, 'failure_sign/imbalance': 0.25, 'failure_sign/barren': 0.5 },
    ...{ 'throughput/step_time': 4, 'throughput/sampled_tokens': 100, 'throughput/trained_tokens': 600 },
  });
});

test('what nothing stands behind has no figure: a step without an update has no entropy, one without masks no reward of theirs', () => {
  const nothing = { ...report, responseTokens: 0, loss: null, gradientNorm: null, updateNorm: null, maskRewardMean: null, ledger: [{ ...report.ledger[0]!, admitted: 0, trained: 0 }] };
  const tags = Object.keys(byTag(stepScalars(nothing, null)));
  for (const tag of ['entropy', 'clip_share/low', 'ratio', 'loss', 'reward/mask_generation', 'response_length/all', 'dropped_share/mask_generation/any', 'throughput/step_time']) assert.ok(!tags.includes(tag), tag);
  assert.ok(tags.includes('accuracy'));
});

test('of any report, each tag stands once, and each value is finite', () => {
  fc.assert(
    fc.property(arbitraryRecord(stepReport), fc.option(arbitraryRecord(stepTiming)), ({ ledger, ...others }, times) => {
      const oneEach = (['mask', 'predict'] as const).map((role) => ({ ...report.ledger[0]!, ...ledger[0], role }));
      const scalars = stepScalars({ ...others, ledger: oneEach }, times);
      assert.equal(new Set(scalars.map(scalarTag)).size, scalars.length);
      assert.ok(scalars.every(({ value }) => Number.isFinite(value)));
    }),
  );
});

test('an evaluation has accuracy and picks, in all and by class', () => {
  const row = { step: 0, itemId: 'a', sampleIndex: 0, expected: 'x', answer: 'x', responseText: '' };
  const summary = summariseEvaluation([
    { ...row, kind: 'cloze', spanClass: 'knowledge', correct: true },
    { ...row, kind: 'cloze', spanClass: 'noise', correct: false },
    { ...row, kind: 'mask-probe', spanClass: 'knowledge', correct: true },
    { ...row, kind: 'mask-probe', spanClass: '', correct: false },
  ]);
  assert.deepEqual(byTag(evaluationScalars(summary)), {
    ...{ 'held_out/accuracy/all': 0.5, 'held_out/accuracy/knowledge': 1, 'held_out/accuracy/noise': 0 },
    ...{ 'held_out/usable_mask_share': 0.5, 'held_out/distinct_masks': 100, 'held_out/mask_share/knowledge': 1 },
  });
  assert.deepEqual(evaluationScalars({ cloze: null, maskProbe: null }), []);
});
