/**
 * WebGPU, where `npm run setup:webgpu` has been; where it has not, this says so. Without a GPU it needs a Vulkan driver on the CPU
 * (infra/setup/software-vulkan.sh), which is slow: models and texts are short.
 */
import * as tf from '@tensorflow/tfjs-core';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWebGpuBackend } from '../../../infra/engine/tfjs/backend/webgpu-backend.ts';
import { describeAgainstWasm } from './against-wasm.ts';
import { hasCode } from './model-files/has-code.ts';
import { isAbsent } from './tested-backend.ts';

const skip = isAbsent('webgpu');

describeAgainstWasm('webgpu', { models: ['llama', 'qwen3'], skip, maxNewTokens: 3, long: false });

test('a tensor that WebGPU has no room for is OUT_OF_MEMORY, not zeros, and the next one is right', { skip }, async () => {
  assert.equal(await startWebGpuBackend(), null);
  const column = tf.ones<tf.Rank.R2>([2 ** 19, 1]);
  const row = tf.ones<tf.Rank.R2>([1, 2 ** 19]);
  assert.throws(() => tf.matMul(column, row).dataSync(), hasCode('OUT_OF_MEMORY')); // 1 TiB
  const square = tf.fill<tf.Rank.R2>([24, 24], 2);
  assert.deepEqual(new Set(tf.matMul(square, square).dataSync()), new Set([96]));
});

test('what was read of a WebGPU tensor is a copy', { skip }, async () => {
  assert.equal(await startWebGpuBackend(), null);
  const square = tf.fill<tf.Rank.R2>([24, 24], 2);
  const product = tf.matMul(square, square);
  product.dataSync().fill(0);
  assert.deepEqual(new Set(product.dataSync()), new Set([96]));
});
