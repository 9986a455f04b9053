import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluationCharts, stepCharts, type StepFigures } from '../../../../infra/explorer/view/charts.ts';
import { summariseEvaluation } from '../../../../operators/evaluation/summarise-evaluation.ts';
import type { EvaluationRow } from '../../../../schemas/records/evaluation-row.ts';
import { simulatedStep } from '../../../bench/explorer/simulated-step.ts';

const row = (changes: Partial<EvaluationRow>): EvaluationRow => ({ step: 0, kind: 'cloze', itemId: '1', sampleIndex: 0, spanClass: 'knowledge', expected: 'a', answer: 'a', responseText: 'a', correct: true, ...changes });

const figuresOf = async (): Promise<StepFigures> => {
  const { report } = await simulatedStep(7, 10, { paragraphs: 2, masks: 4, predictions: 4, corpus: 10 });
  const ledger = [
    { role: 'mask' as const, admitted: 8, trained: 4, dropped: [{ reason: 'all-zero', count: 4 }], deadLettered: [] },
    { role: 'predict' as const, admitted: 32, trained: 8, dropped: [{ reason: 'all-one', count: 16 }, { reason: 'all-zero', count: 8 }], deadLettered: [] },
  ];
  const timing = { step: 7, wallTimeMs: 0, totalMs: 2000, generateMs: 1000, trainMs: 500, logMs: 1, flowMs: 499 };
  const evaluation = summariseEvaluation([row({}), row({ sampleIndex: 1, correct: false }), row({ kind: 'mask-probe', spanClass: 'noise' })]);
  return { report: { ...report, policyVersion: 7, oldestPolicyVersion: 4, predictionRewardMean: 0.6, instability: 0.25, barren: 0.5, harm: null, maskRewardMean: 0.2, sampledTokens: 400, responseTokens: 100, ledger }, timing, evaluation };
};

const valueOf = (figures: StepFigures, title: string, name: string): number | null => {
  const chart = [...stepCharts, ...evaluationCharts(['knowledge', 'noise'])].find((each) => each.title === title);
  const line = chart?.lines.find((each) => each.name === name);
  assert.ok(line, `${title}, ${name}`);
  return line.value(figures);
};

test('the curves of a step', async () => {
  const figures = await figuresOf();
  const value = (title: string, name: string): number | null => valueOf(figures, title, name);
  assert.equal(value('Reward', 'mask prediction'), 0.6);
  assert.equal(value('Reward', 'mask generation'), 0.2);
  assert.equal(value('Response length', 'all'), 10);
  assert.equal(value('Dropped groups, prediction', 'all 1'), 0.5);
  assert.equal(value('Dropped groups, prediction', 'all 0'), 0.25);
  assert.equal(value('Dropped groups, generation', 'all 0'), 0.5);
  assert.equal(value('Dropped groups, generation', 'all equal'), 0);
  assert.equal(value('Failure signs', 'instability'), 0.25);
  assert.equal(value('Failure signs', 'barren'), 0.5);
  assert.equal(value('Failure signs', 'harm'), null);
  assert.equal(value('Staleness', 'oldest'), 2);
  assert.equal(value('Throughput', 'sampled'), 200);
  assert.equal(value('Throughput', 'trained'), 50);
  assert.equal(value('Time of a step', 'sampling'), 1);
  assert.equal(value('Held-out accuracy by class', 'knowledge'), 0.5);
  assert.equal(value('Mask probe by class', 'noise'), 1);
});

test('a step without figures has none in any curve', () => {
  const none: StepFigures = { report: null, timing: null, evaluation: null };
  for (const { lines } of [...stepCharts, ...evaluationCharts(['knowledge'])]) for (const { value } of lines) assert.equal(value(none), null);
});

test('a run that was not evaluated has no curves of evaluations', () => {
  assert.deepEqual(evaluationCharts([]), []);
});
