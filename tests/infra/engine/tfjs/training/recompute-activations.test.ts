import * as tf from '@tensorflow/tfjs-core';
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { initialiseModel } from '../../../../../infra/engine/model-files/initialise-model.ts';
import type { ModelConfig } from '../../../../../infra/engine/model-files/model-config.ts';
import { startWasmBackend } from '../../../../../infra/engine/tfjs/backend/wasm-backend.ts';
import type { PolicyModel } from '../../../../../infra/engine/tfjs/model/policy-model.ts';
import { PolicyWeights } from '../../../../../infra/engine/tfjs/model/policy-weights.ts';
import { ropeTables } from '../../../../../infra/engine/tfjs/model/rope-table.ts';
import { trainPass } from '../../../../../infra/engine/tfjs/training/train-pass.ts';
import { tinyConfig } from '../open-model.ts';
import { exampleGroups, grpoLoss, responseTokens } from '../training-examples.ts';

const config: ModelConfig = { ...tinyConfig, layers: 24, ffnWidth: 256, qkNorm: true, attentionBias: true, slidingWindow: 30, fullAttentionLayers: [2] };
const groups = exampleGroups([[30, 50], [40, 20, 60]], 90);
const loss = { loss: grpoLoss, stepTokens: responseTokens(groups) };

function openModel(): PolicyModel {
  return { weights: new PolicyWeights(config, initialiseModel(config, 1)), ropes: ropeTables(config) };
}

describe('recomputing activations', () => {
  before(() => startWasmBackend(1));

  test('changes no bit of a pass', () => {
    assert.deepEqual(trainPass(groups, loss, openModel(), true), trainPass(groups, loss, openModel(), false));
  });

  test('needs well under half of the memory of the device, and leaves nothing there', async () => {
    const model = openModel();
    trainPass(groups, loss, model, false); // lays the weights out
    const { numTensors } = tf.memory();
    const [kept, recomputed] = [await peakBytes(model, false), await peakBytes(model, true)];
    assert.ok(recomputed < 0.5 * kept, `${recomputed} bytes at most, ${kept} where activations are kept`);
    assert.equal(tf.memory().numTensors, numTensors);
  });
});

/** Bytes of tensors at most, beside what was there before. */
async function peakBytes(model: PolicyModel, recompute: boolean): Promise<number> {
  const { numBytes } = tf.memory();
  const { peakBytes: most } = await tf.profile(() => void trainPass(groups, loss, model, recompute));
  return most - numBytes;
}
