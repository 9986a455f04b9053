/** Attention by fused operations against the same made of TensorFlow's, on the native backend: what each layer's rows attend to, and every gradient. Where `npm run setup:native` has not been, this says so. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { fusedOps } from '../../../infra/engine/tfjs/backend/fused-ops.ts';
import { startNativeBackend } from '../../../infra/engine/tfjs/backend/native-backend.ts';
import { DeviceAttention } from '../../../infra/engine/tfjs/model/device-attention.ts';
import { FusedAttention } from '../../../infra/engine/tfjs/model/fused-attention.ts';
import type { AttentionGradient, PackAttention } from '../../../infra/engine/tfjs/model/pack-attention.ts';
import { packShared, type PackedBatch, type PackInput } from '../../../infra/engine/tfjs/model/packed-batch.ts';
import type { PolicyModel } from '../../../infra/engine/tfjs/model/policy-model.ts';
import { PolicyWeights } from '../../../infra/engine/tfjs/model/policy-weights.ts';
import { ropeTables } from '../../../infra/engine/tfjs/model/rope-table.ts';
import type { ModelConfig } from '../../../infra/engine/model-files/model-config.ts';
import { isAbsent } from './tested-backend.ts';
import { livelyWeights, tinyConfig } from './tfjs/open-model.ts';

const skip = isAbsent('node');

const shapes: Readonly<Record<string, Partial<ModelConfig>>> = {
  'grouped query heads': {},
  'QK-norm': { qkNorm: true },
  biases: { attentionBias: true },
  'a sliding window, and layers without': { slidingWindow: 7, fullAttentionLayers: [1] },
};

const tokens = (most: number): fc.Arbitrary<number[]> => fc.array(fc.tuple(fc.nat(1), fc.integer({ min: 1, max: 60 })), { minLength: 1, maxLength: most }).map((runs) => runs.flatMap(([token, length]) => Array<number>(length).fill(token)));
const inputs: fc.Arbitrary<PackInput[]> = fc.array(fc.record({ promptTokens: tokens(3), responses: fc.array(tokens(2), { minLength: 1, maxLength: 4 }) }), { minLength: 1, maxLength: 3 });

describe('fused attention', { skip }, () => {
  before(async () => assert.equal(await startNativeBackend('node', 2), null));

  for (const [name, shape] of Object.entries(shapes)) {
    test(`is attention, with ${name}`, () => {
      const config = { ...tinyConfig, ...shape };
      const model: PolicyModel = { weights: new PolicyWeights(config, livelyWeights(config)), ropes: ropeTables(config) };
      fc.assert(
        fc.property(inputs, (given) => {
          const batch = packShared(given);
          const ops = fusedOps();
          assert(ops !== null);
          tf.engine().startScope();
          const [fused, plain] = [new FusedAttention(ops, model, batch), new DeviceAttention(model, batch)].map((attention) => attendAll(attention, model, batch));
          tf.engine().endScope();
          fused!.forEach((values, i) => assertNear(values, plain![i]!));
        }),
        { numRuns: 8 },
      );
    });
  }
});

/** By layer, its rows and its gradients. */
function attendAll(attention: PackAttention, { weights: { config, layers } }: PolicyModel, batch: PackedBatch): Float32Array[] {
  const columns = (config.heads + 2 * config.kvHeads) * config.headDim;
  const all = layers.flatMap((layer, index) => {
    const attended = attention.attend(index, layer, random([batch.tokens.length, columns], index + 1));
    const gradient = attended.backward(random(attended.rows.shape, index + 10));
    return [attended.rows.dataSync<'float32'>(), ...valuesOf(gradient)];
  });
  attention.dispose();
  return all;
}

function valuesOf({ projection, biases, queryNorm, keyNorm }: AttentionGradient): Float32Array[] {
  return [projection.dataSync<'float32'>(), ...[biases, queryNorm, keyNorm].filter((values) => values !== null).map((values) => Float32Array.from(values))];
}

function random(shape: [number, number], seed: number): tf.Tensor2D {
  return tf.randomNormal(shape, 0, 1, 'float32', seed);
}

function assertNear(actual: Float32Array, expected: Float32Array): void {
  assert.equal(actual.length, expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  actual.forEach((value, i) => assert(Math.abs(value - expected[i]!) <= 1e-5 * largest, `element ${i} is ${value}, not ${expected[i]}`));
}
