import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import fc from 'fast-check';
import type { ModelConfig } from '../../../../../infra/engine/model-files/model-config.ts';
import { startWasmBackend } from '../../../../../infra/engine/tfjs/backend/wasm-backend.ts';
import type { PolicyModel } from '../../../../../infra/engine/tfjs/model/policy-model.ts';
import { PolicyWeights } from '../../../../../infra/engine/tfjs/model/policy-weights.ts';
import { ropeTables } from '../../../../../infra/engine/tfjs/model/rope-table.ts';
import { shareWeights } from '../../../../../infra/engine/tfjs/model/share-weights.ts';
import { Sampler } from '../../../../../infra/engine/tfjs/sampling/sampler.ts';
import { SampleRequest } from '../../../../../infra/engine/tfjs/sampling/sample-request.ts';
import { SamplingDevice } from '../../../../../infra/engine/tfjs/sampling/sampling-device.ts';
import type { GenerateRequest, Sample, SamplingGroup } from '../../../../../operators/ports/engine.ts';
import { hasCode } from '../../model-files/has-code.ts';
import { livelyWeights, tinyConfig } from '../open-model.ts';
import { tokensOf } from '../training-examples.ts';

const modelOf = (config: ModelConfig = tinyConfig): PolicyModel => ({ weights: new PolicyWeights(config, shareWeights(livelyWeights(config))), ropes: ropeTables(config) });
const model = modelOf();

function openSampler(t: TestContext, threads: number, maxRows: number, of = model): Sampler {
  const sampler = new Sampler(of, 'wasm', threads, maxRows);
  t.after(() => sampler.close());
  return sampler;
}

async function sample(sampler: Sampler, groups: readonly SamplingGroup[], changes: Partial<GenerateRequest> = {}): Promise<Sample[][]> {
  return sampler.generate({ groups, maxNewTokens: 20, temperature: 1, stopTokens: [3, 17], ...changes }, () => undefined);
}

/** Three paragraphs under the same instructions, each masked at four places. */
const instructions = tokensOf(21, 1);
const families = [0, 1, 2].flatMap((paragraph) =>
  [0, 1, 2, 3].map((mask) => ({
    promptTokens: [...instructions, ...tokensOf(30, 10 + paragraph).slice(0, 6 + 7 * mask), 5, ...tokensOf(9 * mask, 20 + paragraph), 7],
    seeds: [0, 1, 2, 3].map((s) => 100 * paragraph + 10 * mask + s),
  })),
);

describe('the sampler', () => {
  test('gives the same samples with 1, 3 or 64 rows at once, and with 1, 2 or 3 threads', async (t) => {
    const expected = await sample(openSampler(t, 1, 64), families);
    assert.ok(new Set(expected.flat().map(({ tokens }) => tokens.length)).size > 3, 'rows end at different times');
    for (const [threads, maxRows] of [[1, 1], [1, 3], [2, 64], [3, 64], [2, 3]] as const) {
      assert.deepEqual(await sample(openSampler(t, threads, maxRows), families), expected, `${threads} threads, ${maxRows} rows`);
    }
  });

  test('gives the same samples with the groups in another order, alone, or beside prompts that begin like theirs', async (t) => {
    const sampler = openSampler(t, 1, 64);
    const expected = await sample(sampler, families);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(families.map((_, g) => g), { minLength: 1 }), async (chosen) => {
        assert.deepEqual(await sample(sampler, chosen.map((g) => families[g]!)), chosen.map((g) => expected[g]));
      }),
      { numRuns: 15 },
    );
  });

  test('computes the same for a prompt that is the beginning of another, and for equal prompts', async (t) => {
    const sampler = openSampler(t, 1, 64);
    const promptTokens = tokensOf(40, 3);
    const groups = [promptTokens, promptTokens.slice(0, 17), promptTokens, promptTokens.slice(0, 16)].map((tokens, g) => ({ promptTokens: tokens, seeds: [g, 9] }));
    const together = await sample(sampler, groups);
    for (const [g, group] of groups.entries()) assert.deepEqual(await sample(sampler, [group]), [together[g]]);
    assert.deepEqual(together[0]![1], together[2]![1]);
  });

  test('gives the same samples where a window slides and heads differ in number', async (t) => {
    const other = modelOf({ ...tinyConfig, heads: 6, kvHeads: 2, headDim: 12, slidingWindow: 9, fullAttentionLayers: [1], qkNorm: true, attentionBias: true });
    const expected = await sample(openSampler(t, 1, 64, other), families);
    assert.deepEqual(await sample(openSampler(t, 2, 5, other), families), expected);
  });

  test('leaves out groups without seeds, and does nothing where there are no groups', async (t) => {
    const sampler = openSampler(t, 1, 64);
    assert.deepEqual(await sample(sampler, []), []);
    const [first, second] = families;
    assert.deepEqual(await sample(sampler, [{ ...first!, seeds: [] }, second!]), [[], ...(await sample(sampler, [second!]))]);
  });

  test('counts waiting samples as open in its progress', async (t) => {
    const open: number[] = [];
    await openSampler(t, 1, 5).generate({ groups: families, maxNewTokens: 4, temperature: 1, stopTokens: [] }, (_, rows) => open.push(rows));
    assert.deepEqual([open[0], open.at(-1)], [48, 0]);
    assert.ok(open.every((rows, i) => i === 0 || rows <= open[i - 1]!));
  });

  test('draws from the new weights once they have changed', async (t) => {
    const changing = modelOf();
    const sampler = openSampler(t, 2, 64, changing);
    const before = await sample(sampler, families);
    changing.weights.tensors.get('model.layers.0.mlp.up_proj.weight')!.data.fill(0.1);
    changing.weights.refresh();
    sampler.refresh();
    const after = await sample(sampler, families);
    assert.notDeepEqual(after, before);
    assert.deepEqual(await sample(openSampler(t, 1, 64, changing), families), after);
  });

  test('refuses heads that no vector fits', async (t) => {
    await assert.rejects(sample(openSampler(t, 1, 8, modelOf({ ...tinyConfig, headDim: 6 })), families), hasCode('MODEL_UNSUPPORTED'));
  });
});

describe('the cache', () => {
  const request = { groups: families, maxNewTokens: 20, temperature: 1, stopTokens: [3] };

  test('is empty again after a request, and holds what is shared once', async () => {
    const device = new SamplingDevice(model, { runner: 'kernels', threads: 1, capacity: 512 });
    await device.prepare();
    const samples = new SampleRequest(request, tinyConfig, device, 64);
    let most = 0;
    while (!samples.isDone) {
      samples.advance();
      most = Math.max(most, device.cache.inUse);
    }
    const rows = families.reduce((sum, { promptTokens, seeds }) => sum + seeds.length + Math.ceil(promptTokens.length / 16), 0);
    assert.equal(device.cache.inUse, 0);
    assert.ok(most > 0 && most < 1.6 * rows, `${most} blocks`);
  });

  test('gives back what a request that failed had taken', async () => {
    const broken = modelOf();
    broken.weights.tensors.get('model.norm.weight')!.data.fill(NaN);
    const device = new SamplingDevice(broken, { runner: 'kernels', threads: 1, capacity: 512 });
    await device.prepare();
    const samples = new SampleRequest(request, tinyConfig, device, 64);
    assert.throws(() => {
      while (!samples.isDone) samples.advance();
    }, hasCode('NOT_A_NUMBER'));
    samples.release();
    assert.equal(device.cache.inUse, 0);
  });
});

test('products by the backend give the samples that the kernels give', async () => {
  await startWasmBackend(1);
  const results = await Promise.all(
    (['kernels', 'backend'] as const).map(async (runner) => {
      const device = new SamplingDevice(model, { runner, threads: 1, capacity: 512 });
      await device.prepare();
      const samples = new SampleRequest({ groups: families, maxNewTokens: 20, temperature: 1, stopTokens: [3] }, tinyConfig, device, 64);
      while (!samples.isDone) samples.advance();
      return samples.results().flat();
    }),
  );
  results[0]!.forEach(({ tokens, logprobs }, s) => {
    assert.deepEqual(tokens, results[1]![s]!.tokens);
    logprobs.forEach((logprob, i) => assert.ok(Math.abs(logprob - results[1]![s]!.logprobs[i]!) < 1e-5));
  });
});
