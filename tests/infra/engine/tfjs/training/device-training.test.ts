/** What a GPU computes of the losses and keeps of the gradients, against what the host does; the operations are those of WebAssembly here. */
import * as tf from '@tensorflow/tfjs-core';
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { startWasmBackend } from '../../../../../infra/engine/tfjs/backend/wasm-backend.ts';
import { packShared, type PackedBatch } from '../../../../../infra/engine/tfjs/model/packed-batch.ts';
import { PolicyWeights } from '../../../../../infra/engine/tfjs/model/policy-weights.ts';
import { DeviceGradients } from '../../../../../infra/engine/tfjs/training/device-gradients.ts';
import { DeviceLosses } from '../../../../../infra/engine/tfjs/training/device-losses.ts';
import { GradientStore } from '../../../../../infra/engine/tfjs/training/gradient-store.ts';
import type { Gradients } from '../../../../../infra/engine/tfjs/training/gradients.ts';
import { ResponseLosses } from '../../../../../infra/engine/tfjs/training/response-losses.ts';
import { assertNear } from '../../assert-near.ts';
import { livelyWeights, tinyConfig } from '../open-model.ts';
import { exampleGroups, tokensOf } from '../training-examples.ts';

before(() => startWasmBackend(1));

for (const rowsAtOnce of [1000, 5]) {
  test(`losses and gradients on the device are the host's, of ${rowsAtOnce} rows at once`, () => {
    const weights = new PolicyWeights(tinyConfig, livelyWeights(tinyConfig));
    const [batch, responses] = pack();
    const hidden = tf.randomNormal<tf.Rank.R2>([batch.outputRows.length, tinyConfig.width], 0, 1, 'float32', 7);
    const slopes = responses.map((tokens, r) => Float64Array.from(tokens, (_, i) => Math.sin(3 * r + i)));
    const asked = responses.map((tokens) => ({ tokens, allowed: tokens.map((token, i) => (i === 2 ? [3, token].sort((a, b) => a - b) : null)) }));
    const host = new ResponseLosses(weights.head, hidden, batch, asked, 0.7);
    const device = new DeviceLosses(weights.head, hidden, batch, asked, 0.7, rowsAtOnce);
    const before = tf.memory().numTensors;
    assertNear(plain(device.logprobs()), plain(host.logprobs()));

    const [hostStore, deviceStore] = [new GradientStore(weights), new DeviceGradients(weights)];
    const ofHost = host.backward(slopes, hostStore);
    const ofDevice = device.backward(slopes, deviceStore);
    assertNear([...ofDevice.dataSync()], [...ofHost.dataSync()]);
    assertNear(collected(deviceStore), collected(hostStore));
    device.dispose();
    tf.dispose([ofHost, ofDevice]);
    weights.release();
    assert.equal(tf.memory().numTensors, before);
    hidden.dispose();
  });
}

test('sums on the device are those on the host, over passes and stores, and nothing of them is left', () => {
  const weights = new PolicyWeights(tinyConfig, livelyWeights(tinyConfig));
  const before = tf.memory().numTensors;
  const [onDevice, onHost] = [DeviceGradients, GradientStore].map((Store) => {
    const whole = new Store(weights);
    for (const seed of [1, 2, 3]) {
      const pass = new Store(weights);
      tf.tidy(() => addPass(pass, weights, seed));
      whole.addSums(pass.sums());
    }
    assert.equal(whole.isEmpty, false);
    return collected(whole);
  });
  assertNear(onDevice, onHost);
  const discarded = new DeviceGradients(weights);
  tf.tidy(() => addPass(discarded, weights, 4));
  discarded.clear();
  assert.ok(discarded.isEmpty);
  assert.equal(tf.memory().numTensors, before);
});

function addPass(store: Gradients, { layers, config }: PolicyWeights, seed: number): void {
  for (const [index, { qkv, output }] of layers.entries()) {
    for (const linear of [qkv, output]) {
      const random = (columns: number, stream: number): tf.Tensor2D => tf.randomNormal<tf.Rank.R2>([5, columns], 0, 1, 'float32', 10 * seed + index + stream);
      store.addLinear(linear, random(linear.inputs, 100), random(linear.outputs, 200));
    }
  }
  store.addDirect('model.norm.weight', new Float32Array(config.width).fill(seed));
  store.addEmbedding(Int32Array.of(3, 4, 3), new Float32Array(3 * config.width).fill(seed / 2));
}

/** Responses that share tokens: some rows predict several, and one token twice. */
function pack(): [PackedBatch, number[][]] {
  const groups = exampleGroups([[5, 3, 4], [6]]).map(({ promptTokens, responses }) => ({ promptTokens, responses: responses.map(({ tokens }) => [...tokens]) }));
  groups[0]!.responses.push([...groups[0]!.responses[0]!], [...groups[0]!.responses[0]!.slice(0, 2), 11]);
  groups[1]!.responses.push(tokensOf(4, 9));
  return [packShared(groups), groups.flatMap(({ responses }) => responses)];
}

function plain(logprobs: ReturnType<DeviceLosses['logprobs']>): number[][][] {
  return logprobs.map((response) => [[...response.logprobs], [...response.entropies]]);
}

function collected(store: Gradients): [string, number[]][] {
  return [...store.collect()].map(([name, values]): [string, number[]] => [name, [...values]]).sort(([a], [b]) => (a < b ? -1 : 1));
}
