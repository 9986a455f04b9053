/** Sampling on a WebGPU device, which may be one on the CPU: models and texts are short. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ModelConfig } from '../../../../../infra/engine/model-files/model-config.ts';
import type { BackendName } from '../../../../../infra/engine/tfjs/backend/open-backend.ts';
import { startWebGpuBackend } from '../../../../../infra/engine/tfjs/backend/webgpu-backend.ts';
import type { PolicyModel } from '../../../../../infra/engine/tfjs/model/policy-model.ts';
import { PolicyWeights } from '../../../../../infra/engine/tfjs/model/policy-weights.ts';
import { ropeTables } from '../../../../../infra/engine/tfjs/model/rope-table.ts';
import { shareWeights } from '../../../../../infra/engine/tfjs/model/share-weights.ts';
import { Sampler } from '../../../../../infra/engine/tfjs/sampling/sampler.ts';
import type { GenerateRequest, Sample, SamplingGroup } from '../../../../../operators/ports/engine.ts';
import { hasCode } from '../../model-files/has-code.ts';
import { isAbsent } from '../../tested-backend.ts';
import { livelyWeights, tinyConfig } from '../open-model.ts';
import { tokensOf } from '../training-examples.ts';

const modelOf = (config: ModelConfig): PolicyModel => ({ weights: new PolicyWeights(config, shareWeights(livelyWeights(config))), ropes: ropeTables(config) });

/** Prompts that begin alike, of less and of more than the blocks that are looked at together. */
const start = tokensOf(37, 1);
const groups: readonly SamplingGroup[] = [0, 1, 2, 3].map((g) => ({ promptTokens: [...start.slice(0, 37 - 9 * (g % 2)), ...tokensOf(5 + 90 * g, 10 + g)], seeds: [10 * g, 10 * g + 1] }));

const configs: Readonly<Record<string, ModelConfig>> = {
  'a tiny model': tinyConfig,
  'a model with biases, QK-norm and a sliding window': { ...tinyConfig, heads: 6, kvHeads: 2, headDim: 12, slidingWindow: 9, fullAttentionLayers: [1], qkNorm: true, attentionBias: true },
  'a model with a layer without RoPE': { ...tinyConfig, noRopeLayers: [0] },
};

describe('sampling on WebGPU', { skip: isAbsent('webgpu') }, () => {
  for (const [name, config] of Object.entries(configs)) {
    test(`gives the samples that the kernels give, of ${name}`, async () => {
      const model = modelOf(config);
      for (const temperature of [0, 0.8]) {
        const [kernels, device] = [await sample(model, 'wasm', { temperature }), await sample(model, 'webgpu', { temperature })];
        assertAgree(device, kernels);
      }
      model.weights.release();
    });
  }

  test('gives the same samples, to the bit, with fewer rows at once', async () => {
    const model = modelOf(tinyConfig);
    const expected = await sample(model, 'webgpu');
    for (const maxRows of [1, 3]) assert.deepEqual(await sample(model, 'webgpu', {}, maxRows), expected);
    model.weights.release();
  });

  test('draws from the new weights once they have changed', async () => {
    assert.equal(await startWebGpuBackend(), null);
    const model = modelOf(tinyConfig);
    const sampler = new Sampler(model, 'webgpu', 1, 64);
    const before = await generate(sampler);
    model.weights.tensors.get('model.layers.0.mlp.up_proj.weight')!.data.fill(0.1);
    model.weights.refresh();
    sampler.refresh();
    const changed = await generate(sampler);
    assert.notDeepEqual(changed, before);
    assertAgree(changed, await sample(model, 'wasm'));
    await sampler.close();
    model.weights.release();
  });

  test('says that a distribution is none', async () => {
    const model = modelOf(tinyConfig);
    model.weights.tensors.get('model.norm.weight')!.data.fill(NaN);
    await assert.rejects(sample(model, 'webgpu'), hasCode('NOT_A_NUMBER'));
    model.weights.release();
  });
});

async function sample(model: PolicyModel, backend: BackendName, changes: Partial<GenerateRequest> = {}, maxRows = 64): Promise<Sample[][]> {
  assert.equal(await startWebGpuBackend(), null);
  const sampler = new Sampler(model, backend, 1, maxRows);
  try {
    return await generate(sampler, changes);
  } finally {
    await sampler.close();
  }
}

function generate(sampler: Sampler, changes: Partial<GenerateRequest> = {}): Promise<Sample[][]> {
  return sampler.generate({ groups, maxNewTokens: 5, temperature: 1, stopTokens: [3], ...changes }, () => undefined);
}

function assertAgree(actual: readonly (readonly Sample[])[], expected: readonly (readonly Sample[])[]): void {
  const [flat, wanted] = [actual.flat(), expected.flat()];
  assert.deepEqual(flat.map(({ tokens, finishReason }) => ({ tokens, finishReason })), wanted.map(({ tokens, finishReason }) => ({ tokens, finishReason })));
  flat.forEach(({ logprobs }, s) => logprobs.forEach((logprob, i) => assert.ok(Math.abs(logprob - wanted[s]!.logprobs[i]!) < 1e-5, `${logprob} in place of ${wanted[s]!.logprobs[i]!}`)));
}
