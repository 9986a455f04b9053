/** Samples that may only copy: the constraint in sampling, and that training sees the same log-probabilities. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { drawAllowed } from '../../../../../infra/engine/tfjs/sampling/draw-allowed.ts';
import { Sampler } from '../../../../../infra/engine/tfjs/sampling/sampler.ts';
import { scorePass } from '../../../../../infra/engine/tfjs/training/score-pass.ts';
import { startWebGpuBackend } from '../../../../../infra/engine/tfjs/backend/webgpu-backend.ts';
import type { PolicyModel } from '../../../../../infra/engine/tfjs/model/policy-model.ts';
import { PolicyWeights } from '../../../../../infra/engine/tfjs/model/policy-weights.ts';
import { ropeTables } from '../../../../../infra/engine/tfjs/model/rope-table.ts';
import { shareWeights } from '../../../../../infra/engine/tfjs/model/share-weights.ts';
import type { BackendName } from '../../../../../infra/engine/tfjs/backend/open-backend.ts';
import { CopyingRules } from '../../../../../operators/rollouts/copying/copying-rules.ts';
import { allowedTokens } from '../../../../../operators/rollouts/copying/copying-walk.ts';
import type { Sample } from '../../../../../operators/ports/engine.ts';
import { assertNear } from '../../assert-near.ts';
import { isAbsent, startTestedBackend } from '../../tested-backend.ts';
import { livelyWeights, tinyConfig } from '../open-model.ts';
import { tokensOf } from '../training-examples.ts';

const modelOf = (): PolicyModel => ({ weights: new PolicyWeights(tinyConfig, shareWeights(livelyWeights(tinyConfig))), ropes: ropeTables(tinyConfig) });

/** A vocabulary of 48 in which half of the tokens open a mask, so that a lively model soon does. */
const texts = Array.from({ length: tinyConfig.vocabularySize }, (_, id) => (id < 24 ? '\\mask{' : ' abcdefghijklmnopqrstu}}'[id - 24]!));
const rules = new CopyingRules(texts.map((text) => new TextEncoder().encode(text)));
const spell = (tokens: readonly number[]): string => tokens.map((token) => texts[token]).join('');
const paragraphs = ['a bad cab', 'defg hij bad', 'no lamp of old'];
const groups = paragraphs.map((paragraph, g) => ({ promptTokens: tokensOf(9 + g, g), seeds: [1, 2, 3, 4, 5].map((s) => 10 * g + s), copying: rules.wordsOf(paragraph) }));

async function sample(model: PolicyModel, backend: BackendName, threads: number, maxRows: number, temperature = 0.8): Promise<Sample[][]> {
  const sampler = new Sampler(model, backend, threads, maxRows);
  try {
    return await sampler.generate({ groups, maxNewTokens: 24, temperature, stopTokens: [] }, () => undefined);
  } finally {
    await sampler.close();
  }
}

describe('samples that copy', () => {
  test('hold whole words of their paragraph in every mask that they close, whatever the rows and threads', async () => {
    const expected = await sample(modelOf(), 'wasm', 1, 64);
    const masks = expected.flatMap((group, g) => group.flatMap(({ tokens }) => [...spell(tokens).matchAll(/\\mask\{([^{}]*)\}/g)].map((match) => [paragraphs[g]!, match[1]!] as const)));
    assert.ok(masks.length > 10, `${masks.length} masks`);
    for (const [paragraph, mask] of masks) assert.ok(` ${paragraph} `.includes(` ${mask} `), `${mask} of ${paragraph}`);
    for (const [threads, rows] of [[1, 1], [1, 4], [2, 64]] as const) assert.deepEqual(await sample(modelOf(), 'wasm', threads, rows), expected);
  });

  test('have the log-probabilities that training sees among the same tokens', async () => {
    await startTestedBackend();
    const model = modelOf();
    const samples = await sample(model, 'wasm', 1, 64, 1);
    const scored = scorePass(
      groups.map(({ promptTokens, copying }, g) => ({
        promptTokens,
        responses: samples[g]!.map(({ tokens, logprobs }, r) => ({ id: `${g}/${r}`, tokens, logprobs, advantage: 1, allowed: allowedTokens(copying, tokens) })),
      })),
      model,
    );
    assertNear(scored, samples.map((group) => group.map(({ logprobs }) => [...logprobs])));
    assert.ok(samples.flat().some(({ logprobs }) => logprobs.includes(0)), 'where one token is left its log-probability is 0');
    model.weights.release();
  });

  test('are the same on WebGPU', { skip: isAbsent('webgpu') }, async () => {
    assert.equal(await startWebGpuBackend(), null);
    const model = modelOf();
    const [device, kernels] = [await sample(model, 'webgpu', 1, 64), await sample(model, 'wasm', 1, 64)];
    assert.deepEqual(device.flat().map(({ tokens }) => tokens), kernels.flat().map(({ tokens }) => tokens));
    model.weights.release();
  });
});

test('one of a few tokens is drawn by inverting the distribution over them', () => {
  const { head } = modelOf().weights;
  const hidden = Float32Array.from({ length: head.inputs }, (_, i) => Math.sin(2 * i));
  const row = new Float32Array(head.inputs);
  const allowed = [2, 5, 40];
  const weights = allowed.map((token) => {
    head.readOutput(token, row);
    return Math.exp(row.reduce((sum, value, i) => sum + value * hidden[i]!, 0) / 0.5);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let below = 0;
  for (const [i, weight] of weights.entries()) {
    for (const at of [0.001, 0.999]) {
      const { token, logprob } = drawAllowed(head, hidden, allowed, 0.5, (below + at * weight) / total);
      assert.equal(token, allowed[i]);
      assert.ok(Math.abs(logprob - Math.log(weight / total)) < 1e-5);
    }
    below += weight;
  }
  assert.equal(drawAllowed(head, hidden, allowed, 0, null).token, allowed[weights.indexOf(Math.max(...weights))]);
});
