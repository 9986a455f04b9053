import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccumulateReport } from '../../../operators/ports/engine.ts';
import type { StepBatch } from '../../../operators/training/batch-steps.ts';
import { reportStep } from '../../../operators/training/report-step.ts';
import { trainStep } from '../../../operators/training/train-step.ts';
import { grpoUpdate } from '../../../operators/training/update-rule.ts';
import { stubRun } from '../../pipelines/stub-run.ts';
import { statelessAnswer } from '../../stateless-answer.ts';
import { stubConfig } from '../../stub-config.ts';
import { createStubEngine } from '../../stub-engine.ts';
import { createStubTokenizer } from '../../stub-tokenizer.ts';
import { rowTokens, treeTokens } from '../../tree-tokens.ts';

/** A whole step as a stub run sampled it. */
async function sampledBatch(): Promise<StepBatch> {
  const { store } = await stubRun(stubConfig({ run: { steps: 2 } }), { engine: createStubEngine({ respond: statelessAnswer }) });
  const [commit] = store.commits;
  return { step: 1, paragraphs: commit!.paragraphs, pending: [], settled: true, rescored: false, corpusPosition: {}, last: false };
}

function deps(maxTokensPerMicroBatch: number, engine = createStubEngine()) {
  const tokenizer = createStubTokenizer();
  const template = { name: 'none', maskPrompt: () => [], predictionPrompt: () => [], nextTokenPrompt: () => [] };
  const progress: number[][] = [];
  const config = stubConfig({ engine: { maxTokensPerMicroBatch } });
  return { engine, tokenizer, template, config, update: grpoUpdate, progress, onProgress: (...told: number[]) => void progress.push(told) };
}

test('micro-batches keep to their budget, share one denominator, and are followed by one optimiser step', async () => {
  const batch = await sampledBatch();
  const given = deps(600);
  const trained = await trainStep(batch, given);
  const { accumulate, step } = given.engine.requests;
  assert.ok(accumulate.length > 1);
  assert.deepEqual([...new Set(accumulate.map((request) => request.stepTokens))], [trained.stepTokens]);
  assert.ok(trained.gradientBatches.every((micro) => micro.tokensComputed <= 600));
  assert.deepEqual(step, [{ learningRate: trained.learningRate, gradientClip: given.config.optimiser.gradientClip }]);
  assert.deepEqual(trained.gradientBatches.map((micro) => micro.id), accumulate.map((_, i) => `000001/${i}`));
  assert.deepEqual(given.progress.at(-1)!.slice(0, 3), [1, accumulate.length, accumulate.length]);
});

test('the gradient batches name every kept group, and the size of micro-batches changes nothing else', async () => {
  const batch = await sampledBatch();
  const [small, large] = await Promise.all([600, 100_000].map((budget) => trainStep(batch, deps(budget))));
  const kept = batch.paragraphs.flatMap((message) => message.groups.filter((group) => group.kept).map((group) => group.id));
  assert.deepEqual([...new Set(small!.gradientBatches.flatMap((micro) => micro.groupIds))].toSorted(), kept.toSorted());
  assert.equal(large!.gradientBatches.length, 1);
  assert.equal(small!.stepTokens, large!.stepTokens);
});

test('the report tells what was computed of what rows would have been', async () => {
  const batch = await sampledBatch();
  const given = deps(600);
  const trained = await trainStep(batch, given);
  const requests = given.engine.requests.accumulate.map(({ groups }) => groups);
  const { tokensComputed, tokensInRows } = reportStep(batch, trained, [], 0, 1);
  assert.equal(tokensComputed, requests.reduce((sum, groups) => sum + treeTokens(groups), 0));
  assert.equal(tokensInRows, requests.reduce((sum, groups) => sum + rowTokens(groups), 0));
  const promptOnce = requests.flat().reduce((sum, group) => sum + treeTokens([group]), 0);
  assert.ok(tokensComputed < promptOnce && promptOnce < tokensInRows, 'prompts begin alike');
  assert.deepEqual(trained.gradientBatches.map((micro) => micro.tokensComputed), requests.map(treeTokens));
});

test('a step in which no response contributed is discarded, not stepped', async () => {
  const batch = await sampledBatch();
  const inner = createStubEngine();
  const engine = {
    ...inner,
    accumulate: async (request: Parameters<typeof inner.accumulate>[0]): Promise<AccumulateReport> => ({
      ...(await inner.accumulate(request)),
      notFinite: request.groups.flatMap((group) => group.responses.map((response) => response.id)),
    }),
  };
  const trained = await trainStep(batch, deps(600, engine));
  assert.deepEqual([trained.result, inner.calls.step, inner.calls.discard], [null, 0, 1]);
});

test('the report’s means are over the tokens of all micro-batches together', async () => {
  const batch = await sampledBatch();
  const trained = await trainStep(batch, deps(100_000));
  const base = trained.reports[0]!;
  const micro = (responseTokens: number, ratioSum: number, drift: number): AccumulateReport => ({ ...base, loss: 0.25, responseTokens, ratioSum, clippedHighTokens: 1, logprobDriftMax: drift });
  const report = reportStep(batch, { ...trained, reports: [micro(10, 12, 0.1), micro(30, 28, 0.3)] }, [], 0, 1);
  assert.deepEqual([report.loss, report.ratioMean, report.clippedHighShare, report.logprobDriftMax], [0.5, 1, 2 / 40, 0.3]);
  assert.equal(report.oldestPolicyVersion, 0);
});
