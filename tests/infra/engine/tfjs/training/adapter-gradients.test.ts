import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mergeAdapter } from '../../../../../infra/engine/model-files/adapter/merge-adapter.ts';
import { elementCount } from '../../../../../infra/engine/model-files/host-tensor.ts';
import type { ModelConfig } from '../../../../../infra/engine/model-files/model-config.ts';
import { everyLayer, livelyAdapter } from '../lora.ts';
import { livelyWeights, openTrainer, tinyConfig } from '../open-model.ts';
import { exampleGroups, grpoLoss, requestFor, separateRows } from '../training-examples.ts';

const everything: ModelConfig = { ...tinyConfig, tiedEmbeddings: false, qkNorm: true, attentionBias: true, slidingWindow: 7 };
const request = requestFor(exampleGroups([[3, 5], [4]]), { ...grpoLoss, temperature: 0.8, clipLow: 50, clipHigh: 1e9, ratioCap: 1e9 });

describe('gradients of an adapter', () => {
  for (const [name, config] of [['llama', tinyConfig], ['QK-norm, biases, sliding window', everything]] as const) {
    test(`equal finite differences: ${name}`, async () => {
      const adapter = livelyAdapter(config);
      const trainer = await openTrainer(config, livelyWeights(config), { adapter });
      await trainer.accumulate(request);
      const gradients = trainer.store.collect();
      assert.deepEqual([...gradients.keys()], [...adapter.tensors.keys()]);
      assert.equal(gradients.size, 2 * 2 * 7);
      for (const [weight, { data }] of adapter.tensors) {
        const index = mostSteep(gradients.get(weight)!);
        const expected = gradients.get(weight)![index]!;
        const at = data[index]!;
        const losses: number[] = [];
        for (const moved of [at + 1e-3, at - 1e-3]) {
          data[index] = moved;
          losses.push((await trainer.accumulate(request)).loss);
        }
        data[index] = at;
        const difference = (losses[0]! - losses[1]!) / (Math.fround(at + 1e-3) - Math.fround(at - 1e-3));
        assert.ok(Math.abs(difference - expected) <= 0.02 * Math.abs(expected) + 2e-4, `${weight}[${index}]: ${expected}, by differences ${difference}`);
      }
    });
  }

  test('are those that the gradient of the merged weight gives: dA = s B^T dW, dB = s dW A^T', async () => {
    const adapter = livelyAdapter(everything);
    const weights = livelyWeights(everything);
    const own = await openTrainer(everything, weights, { adapter });
    const merged = await openTrainer(everything, mergeAdapter(weights, adapter));
    const report = await own.accumulate(request);
    assert.ok(Math.abs(report.loss - (await merged.accumulate(request)).loss) < 1e-6);
    const [gradients, dense] = [own.store.collect(), merged.store.collect()];
    const scale = everyLayer.alpha / everyLayer.rank;
    for (const [name, { shape, data }] of weights) {
      const [down, up] = ['A', 'B'].map((part) => `base_model.model.${name.slice(0, -'.weight'.length)}.lora_${part}.weight`);
      if (!adapter.tensors.has(down!)) continue;
      const [outputs, inputs] = shape as [number, number];
      const [a, b, dW] = [adapter.tensors.get(down!)!.data, adapter.tensors.get(up!)!.data, dense.get(name)!];
      assert.equal(dW.length, data.length);
      const { rank } = everyLayer;
      const dA = new Float64Array(rank * inputs);
      const dB = new Float64Array(outputs * rank);
      for (let o = 0; o < outputs; o++) {
        for (let i = 0; i < inputs; i++) {
          for (let r = 0; r < rank; r++) {
            dA[r * inputs + i]! += scale * b[o * rank + r]! * dW[o * inputs + i]!;
            dB[o * rank + r]! += scale * a[r * inputs + i]! * dW[o * inputs + i]!;
          }
        }
      }
      assertClose(gradients.get(down!)!, dA, down!);
      assertClose(gradients.get(up!)!, dB, up!);
    }
  });

  test('of packed groups equal those of separate rows', async () => {
    const groups = exampleGroups([[3, 1, 6], [2], [9, 4]]);
    const [packed, rows] = await Promise.all([groups, separateRows(groups)].map(async (each) => {
      const trainer = await openTrainer(tinyConfig, livelyWeights(tinyConfig), { adapter: livelyAdapter(tinyConfig) });
      await trainer.accumulate(requestFor(each));
      return trainer.store.collect();
    }));
    for (const [name, values] of packed!) assertClose(rows!.get(name)!, values, name);
  });

  test('are all that a pass keeps: nothing as large as the base', async () => {
    const adapter = livelyAdapter(tinyConfig, { rank: 1, alpha: 1, targets: ['v_proj'], seed: 1 });
    const trainer = await openTrainer(tinyConfig, livelyWeights(tinyConfig), { adapter });
    await trainer.accumulate(request);
    const { linear, direct } = trainer.store.sums();
    assert.equal(linear.size, 0);
    assert.deepEqual([...direct.keys()].sort(), [...adapter.tensors.keys()].sort());
    const kept = [...direct.values()].reduce((sum, { length }) => sum + length, 0);
    assert.equal(kept, [...adapter.tensors.values()].reduce((sum, { shape }) => sum + elementCount(shape), 0));
    assert.equal(kept, 2 * (16 + 16));
  });
});

function mostSteep(values: Float32Array): number {
  return values.reduce((best, value, i) => (Math.abs(value) > Math.abs(values[best]!) ? i : best), 0);
}

function assertClose(actual: Float32Array, expected: Float32Array | Float64Array, name: string): void {
  const largest = Math.max(...Array.from(expected, Math.abs));
  assert.ok(largest > 0, name);
  actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]!) <= 1e-4 * largest, `${name}[${i}] is ${value}, not ${expected[i]!}`));
}
