import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TrainingGroup } from '../../../../operators/ports/engine.ts';
import type { ModelConfig } from '../../../../infra/engine/model-files/model-config.ts';
import { livelyWeights, openTrainer, tinyConfig, type Trainer } from './open-model.ts';
import { onTestedBackend } from '../tested-backend.ts';
import { assertClose, assertSameAsRows } from './same-as-rows.ts';
import { exampleGroups, grpoLoss, requestFor } from './training-examples.ts';

const untied: ModelConfig = { ...tinyConfig, tiedEmbeddings: false, kvHeads: 4 };
const everything: ModelConfig = { ...tinyConfig, qkNorm: true, attentionBias: true, slidingWindow: 7 };
const experts: ModelConfig = { ...everything, attentionBias: false, experts: { count: 4, perToken: 2, width: 12, normalised: true, layers: [1] } };
const open = (config: ModelConfig): Promise<Trainer> => openTrainer(config, livelyWeights(config));

describe(`gradients${onTestedBackend()}`, () => {
  for (const [name, config] of [['llama', tinyConfig], ['untied, no shared keys', untied], ['QK-norm, biases, sliding window', everything], ['experts', experts]] as const) {
    test(`equal finite differences: ${name}`, async () => {
      const request = requestFor(exampleGroups([[3, 5], [4]]), { ...grpoLoss, temperature: 0.8, clipLow: 50, clipHigh: 1e9, ratioCap: 1e9 });
      const trainer = await open(config);
      await trainer.accumulate(request);
      const gradients = trainer.store.collect();
      for (const [weight, { data }] of trainer.model.weights.tensors) {
        const index = mostSteep(gradients.get(weight)!);
        const expected = gradients.get(weight)![index]!;
        const h = 1e-3;
        const at = data[index]!;
        const losses: number[] = [];
        for (const moved of [at + h, at - h]) {
          data[index] = moved;
          losses.push((await trainer.accumulate(request)).loss);
        }
        data[index] = at;
        const difference = (losses[0]! - losses[1]!) / (Math.fround(at + h) - Math.fround(at - h));
        assert.ok(Math.abs(difference - expected) <= 0.02 * Math.abs(expected) + 2e-4, `${weight}[${index}]: ${expected}, by differences ${difference}`);
      }
    });

    test(`of packed groups equal those of separate rows: ${name}`, async () => {
      const groups = exampleGroups([[3, 1, 6], [2], [9, 4]]);
      await assertSameAsRows(config, requestFor(groups));
    });
  }

  test('of long groups, cut into many tiles, equal those of separate rows', async () => {
    const groups = exampleGroups([[150, 290, 3, 70], [30, 30, 30]], 300);
    const config = { ...everything, maxPositions: 1024, slidingWindow: 100 };
    await assertSameAsRows(config, requestFor(groups));
  });

  test('of many heads, too many for their probabilities to be kept for the way back, equal those of separate rows', async () => {
    const groups = exampleGroups([[150, 290, 3, 70], [30, 30, 30]], 300); // in one pack 2^25.6 probabilities, in rows less than 2^25
    await assertSameAsRows({ ...tinyConfig, heads: 64, maxPositions: 1024 }, requestFor(groups));
  });

  test('of cross-entropy are those of the weighted negative log-likelihood', async () => {
    const groups = exampleGroups([[3, 5], [4]]);
    const onPolicy = groups.map(({ promptTokens, responses }) => ({ promptTokens, responses: responses.map((r) => ({ ...r, logprobs: [] })) }));
    const pass = await open(tinyConfig);
    const report = await pass.accumulate(requestFor(onPolicy, { kind: 'cross-entropy' }));
    assert.deepEqual([report.responseTokens, report.ratioSum, report.logprobDriftMax, report.notFinite], [12, 12, 0, []]);
    assert.ok(report.loss !== 0 && report.entropySum > 0);
  });
});

describe(`accumulating${onTestedBackend()}`, () => {
  test('computes each prompt once and reports what rows would have cost', async () => {
    const report = await (await open(tinyConfig)).accumulate(requestFor(exampleGroups([[3, 5, 1]])));
    assert.deepEqual([report.tokensComputed, report.tokensInRows], [9 + 2 + 4, 9 * 3 + 2 + 4]);
  });

  test('names a response whose loss is not finite and leaves nothing of it in the gradients', async () => {
    const groups = exampleGroups([[3, 5], [4]]);
    const broken = change(groups, '0/1', { advantage: Number.NaN });
    const overflowing = change(groups, '0/1', { advantage: -1e300, logprobs: [-1e5, -1e5, -1e5, -1e5, -1e5] });
    const healthy = groups.map((group) => ({ ...group, responses: group.responses.filter(({ id }) => id !== '0/1') }));
    const expected = await open(tinyConfig);
    await expected.accumulate({ ...requestFor(groups), groups: healthy });
    const gradients = expected.store.collect();
    for (const bad of [broken, overflowing]) {
      const pass = await open(tinyConfig);
      const report = await pass.accumulate({ ...requestFor(groups), groups: bad, loss: { ...grpoLoss, ratioCap: Infinity } });
      assert.deepEqual(report.notFinite, ['0/1']);
      assert.equal(report.responseTokens, 7);
      assertClose(pass.store.collect(), gradients, 0);
    }
  });

  test('nothing left to train on gives an empty report', async () => {
    const pass = await open(tinyConfig);
    const report = await pass.accumulate({ ...requestFor(change(exampleGroups([[3]]), '0/0', { advantage: Infinity })), stepTokens: 1 });
    assert.deepEqual([report.responseTokens, report.notFinite, pass.store.isEmpty], [0, ['0/0'], true]);
  });
});

function mostSteep(values: Float32Array): number {
  return values.reduce((best, value, i) => (Math.abs(value) > Math.abs(values[best]!) ? i : best), 0);
}

function change(groups: readonly TrainingGroup[], id: string, changes: Partial<TrainingGroup['responses'][number]>): TrainingGroup[] {
  return groups.map((group) => ({ ...group, responses: group.responses.map((response) => (response.id === id ? { ...response, ...changes } : response)) }));
}
