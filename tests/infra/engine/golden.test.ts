/**
 * The engine, through its port and its files alone, against Hugging Face transformers, TRL and torch
 * (tests/fixtures/make-golden.py and make-golden-families.py): log-probabilities, losses, every gradient, the weights after AdamW steps.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Weights } from '../../../infra/engine/model-files/host-tensor.ts';
import { readSafetensors } from '../../../infra/engine/model-files/read-safetensors.ts';
import { TfjsEngine } from '../../../infra/engine/tfjs/tfjs-engine.ts';
import type { AccumulateReport, AccumulateRequest, Engine, GrpoLoss, StepResult, TrainingGroup } from '../../../operators/ports/engine.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';
import { readGoldenCase, readGoldenTensors, readLongGroup, type GoldenCase, type GoldenFigures, type GoldenStep } from './golden-case.ts';
import { onTestedBackend, testedBackend } from './tested-backend.ts';

const optimiser = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 };
const vocabularySize = 96;

/** Of these the weights after an optimiser step are known, which knows nothing of rotary embeddings and windows. */
const stepped = ['llama', 'qwen3', 'mistral', 'qwen2'];
const families = ['llama-llama3', 'llama-linear', 'qwen2-yarn', 'smollm3', 'qwen3-layer-types', 'qwen3-moe', 'qwen3-moe-sparse'];

for (const model of [...stepped, ...families]) {
  describe(`a tiny ${model} model${onTestedBackend()}`, () => {
    let golden: GoldenCase;
    let scratch: string;
    let engine: Engine;
    before(async () => {
      golden = await readGoldenCase(model);
      scratch = await mkdtemp(join(tmpdir(), 'golden-'));
    });
    beforeEach(async () => {
      engine = await TfjsEngine.open({
        modelDirectory: fixturePath('golden', model),
        backend: testedBackend(),
        threads: 1,
        maxRowsPerBatch: 64,
        recomputeActivations: false,
        optimiser,
      });
    });
    afterEach(() => engine.close());
    after(() => rm(scratch, { recursive: true }));

    test('gives the log-probability that transformers gives, for every token after every prefix', async () => {
      const logits = (await readGoldenTensors(model, 'logits')).get('logits')!.data;
      const prefixes = golden.inputIds.flatMap((row) => row.map((_, t) => row.slice(0, t + 1)));
      const scored = await engine.score(prefixes.map(followedByEachToken));
      for (const [i, responses] of scored.entries()) {
        const expected = logSoftmax(logits.subarray(i * vocabularySize, (i + 1) * vocabularySize));
        for (const [token, logprobs] of responses.entries()) {
          assertNear(logprobs[0]!, expected[token]!, 1e-4, `token ${token} after ${prefixes[i]!.join(' ')}`);
        }
      }
    });

    test('continues each text with the tokens that transformers finds most likely', async () => {
      const groups = golden.inputIds.map((promptTokens) => ({ promptTokens, seeds: [1, 2] }));
      const { samples } = await engine.generate({ groups, maxNewTokens: 12, temperature: 0, stopTokens: [] });
      for (const [row, { tokens, logprobs }] of golden.greedy.entries()) {
        for (const sample of samples[row]!) {
          assert.deepEqual(sample.tokens, tokens);
          for (const [t, logprob] of logprobs.entries()) assertNear(sample.logprobs[t]!, logprob, 1e-4, `row ${row}, token ${t}`);
        }
      }
    });

    test('gives the loss of TRL, with both clips acting, and its gradients', async () => {
      assertFigures(await engine.accumulate(grpo(golden)), golden.grpo);
      assertGradients(await gradientsOf(engine, scratch), await readGoldenTensors(model, 'grpo-gradients'));
    });

    test('gives the cross-entropy of transformers', async () => {
      const { loss } = await engine.accumulate(crossEntropy(golden));
      assertNear(loss, golden.crossEntropyLoss, 1e-5, 'loss');
    });

    test('gives the cross-entropy of transformers and its gradients for a prompt and responses of hundreds of tokens', async () => {
      const group = await readLongGroup();
      const stepTokens = group.responses.reduce((sum, { tokens }) => sum + tokens.length, 0);
      const { loss } = await engine.accumulate({ groups: [group], stepTokens, loss: { kind: 'cross-entropy' } });
      assertNear(loss, golden.long.loss, 1e-5, 'loss');
      for (const [name, { data }] of await gradientsOf(engine, scratch)) {
        const { norm, projection } = golden.long.gradients[name]!;
        assertNear(Math.sqrt(sumOf(data, (g) => g * g)), norm, 1e-4 * norm, `norm of the gradient of ${name}`);
        assertNear(sumOf(data, (g, i) => g * Math.sin(i + 1)), projection, 1e-4 * norm, `projection of the gradient of ${name}`);
      }
    });

    if (!stepped.includes(model)) return;

    test('has the weights that torch has after a clipped AdamW step', async () => {
      await engine.accumulate(grpo(golden));
      assertNorms(await step(engine, golden.steps[0]!), golden.steps[0]!);
      const gradients = await readGoldenTensors(model, 'grpo-gradients');
      assertWeights(await savedTensors(engine, scratch, 'model'), await readGoldenTensors(model, 'after-step'), gradients, golden.steps[0]!);
    });

    if (model !== 'llama') return;

    test('gives the loss and the gradients at another temperature with the ratio capped', async () => {
      const { temperature, ratioCap, figures } = golden.capped!;
      const request = grpo({ ...golden, groups: withCappedLogprobs(golden) }, { temperature, ratioCap });
      assertFigures(await engine.accumulate(request), figures);
      assertGradients(await gradientsOf(engine, scratch), await readGoldenTensors(model, 'capped-gradients'));
    });

    test('gives the gradients of the cross-entropy', async () => {
      await engine.accumulate(crossEntropy(golden));
      assertGradients(await gradientsOf(engine, scratch), await readGoldenTensors(model, 'cross-entropy-gradients'));
    });

    test('gives the same gradients whether a step comes in one micro-batch or in two', async () => {
      const { groups, ...rest } = grpo(golden);
      const parts: AccumulateReport[] = [];
      for (const group of groups) parts.push(await engine.accumulate({ ...rest, groups: [group] }));
      assertNear(parts[0]!.loss + parts[1]!.loss, golden.grpo.loss, 1e-5, 'loss');
      assertGradients(await gradientsOf(engine, scratch), await readGoldenTensors(model, 'grpo-gradients'));
    });

    test('has the weights that torch has after a second step: the moments go on', async () => {
      await engine.accumulate(grpo(golden));
      await step(engine, golden.steps[0]!);
      await engine.accumulate(crossEntropy(golden));
      assertNorms(await step(engine, golden.steps[1]!), golden.steps[1]!);
      const gradients = await readGoldenTensors(model, 'grpo-gradients');
      const rates = { learningRate: golden.steps[0]!.learningRate + golden.steps[1]!.learningRate };
      assertWeights(await savedTensors(engine, scratch, 'model'), await readGoldenTensors(model, 'after-two-steps'), gradients, rates);
    });
  });
}

function grpo({ groups, clipLow, clipHigh, grpo: { responseTokens } }: GoldenCase, change: Partial<GrpoLoss> = {}): AccumulateRequest {
  return { groups, stepTokens: responseTokens, loss: { kind: 'grpo', clipLow, clipHigh, ratioCap: Infinity, temperature: 1, ...change } };
}

/** The same tokens, each response with weight 1. */
function crossEntropy({ groups, grpo: { responseTokens } }: GoldenCase): AccumulateRequest {
  const weighed = groups.map(({ promptTokens, responses }) => ({
    promptTokens,
    responses: responses.map((response) => ({ ...response, advantage: 1 })),
  }));
  return { groups: weighed, stepTokens: responseTokens, loss: { kind: 'cross-entropy' } };
}

function withCappedLogprobs({ groups, capped }: GoldenCase): TrainingGroup[] {
  let next = 0;
  return groups.map(({ promptTokens, responses }) => ({
    promptTokens,
    responses: responses.map((response) => ({ ...response, logprobs: capped!.logprobs[next++]! })),
  }));
}

function followedByEachToken(promptTokens: readonly number[]): TrainingGroup {
  const responses = Array.from({ length: vocabularySize }, (_, token) => ({ id: String(token), tokens: [token], logprobs: [0], advantage: 0 }));
  return { promptTokens, responses };
}

function step(engine: Engine, { learningRate }: GoldenStep): Promise<StepResult> {
  return engine.step({ learningRate, gradientClip: 1 });
}

/** What was accumulated, read from the first moments after one step that moves nothing: m = (1 - beta1) g. */
async function gradientsOf(engine: Engine, scratch: string): Promise<Weights> {
  await engine.step({ learningRate: 0, gradientClip: Infinity });
  const gradients: Weights = new Map();
  for (const [name, { shape, data }] of await savedTensors(engine, scratch, 'optimizer')) {
    if (name.startsWith('m.')) gradients.set(name.slice(2), { shape, data: data.map((value) => value / (1 - optimiser.beta1)) });
  }
  return gradients;
}

async function savedTensors(engine: Engine, directory: string, file: 'model' | 'optimizer'): Promise<Weights> {
  await engine.save(directory, { optimizer: file === 'optimizer' });
  return (await readSafetensors(join(directory, `${file}.safetensors`))).tensors;
}

function sumOf(values: Float32Array, term: (value: number, index: number) => number): number {
  let sum = 0;
  for (const [i, value] of values.entries()) sum += term(value, i);
  return sum;
}

function logSoftmax(logits: Float32Array): number[] {
  const most = Math.max(...logits);
  const logSum = most + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
  return Array.from(logits, (logit) => logit - logSum);
}

function assertFigures(report: AccumulateReport, expected: GoldenFigures): void {
  for (const key of ['responseTokens', 'clippedLowTokens', 'clippedHighTokens', 'cappedTokens'] as const) {
    assert.equal(report[key], expected[key], key);
  }
  assertNear(report.loss, expected.loss, 1e-5, 'loss');
  assertNear(report.ratioSum, expected.ratioSum, 1e-3, 'ratioSum');
  assertNear(report.entropySum, expected.entropySum, 1e-3, 'entropySum');
  assertNear(report.logprobDriftSum, expected.logprobDriftSum, 1e-3, 'logprobDriftSum');
  assertNear(report.logprobDriftMax, expected.logprobDriftMax, 1e-4, 'logprobDriftMax');
  assert.deepEqual(report.notFinite, []);
}

/** Each gradient within 1e-5 of the largest of its tensor. */
function assertGradients(actual: Weights, expected: Weights): void {
  assert.deepEqual(new Set(actual.keys()), new Set(expected.keys()));
  for (const [name, { shape, data }] of expected) {
    assert.deepEqual(actual.get(name)!.shape, shape);
    const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (const [i, value] of data.entries()) assertNear(actual.get(name)!.data[i]!, value, 1e-5 * largest + 1e-7, `gradient of ${name}[${i}]`);
  }
}

function assertNorms(actual: StepResult, expected: GoldenStep): void {
  assertNear(actual.gradientNorm!, expected.gradientNorm, 1e-5 * expected.gradientNorm, 'gradientNorm');
  assertNear(actual.updateNorm!, expected.updateNorm, 1e-3 * expected.updateNorm, 'updateNorm');
}

/**
 * A step is about learningRate * g / |g|: where g is as small as the error of a float32 gradient (here 1e-6), its sign and so the
 * whole step is open; elsewhere the step is known in proportion.
 */
function assertWeights(actual: Weights, expected: Weights, gradients: Weights, { learningRate }: { readonly learningRate: number }): void {
  assert.deepEqual(new Set(actual.keys()), new Set(expected.keys()));
  for (const [name, { data }] of expected) {
    const gradient = gradients.get(name)!.data;
    for (const [i, value] of data.entries()) {
      const open = Math.min(2, 4e-6 / (Math.abs(gradient[i]!) + 1e-12));
      assertNear(actual.get(name)!.data[i]!, value, learningRate * open + 1e-6, `${name}[${i}]`);
    }
  }
}

function assertNear(actual: number, expected: number, tolerance: number, what: string): void {
  assert(Math.abs(actual - expected) <= tolerance, `${what} is ${actual}, not ${expected} within ${tolerance}`);
}
