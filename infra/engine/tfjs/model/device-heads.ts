/**
 * Between the fused projection and attention, on the device: biases, QK-norm (Qwen3), rotary embedding, the scale 1 / sqrt(headDim), and
 * the change from token-major to head-major. T tokens, H heads, K key-value heads, D headDim. In: [T, (H + 2K) * D]. Out: `DeviceHeads`. Wrong: OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../../model-files/model-config.ts';
import type { Rotation } from './device-pack.ts';
import type { LayerWeights } from './policy-weights.ts';
import { rmsNorm, type Normed } from './rms-norm.ts';

export interface DeviceHeads {
  readonly query: tf.Tensor3D; // [H, T, D], rotated and scaled
  readonly key: tf.Tensor3D; // [K, T, D], rotated
  readonly value: tf.Tensor3D; // [K, T, D]
  /** Queries and keys after QK-norm, without its weights, [T, H + K, D]; null where the model has none. */
  readonly normed: Normed<tf.Tensor3D> | null;
}

/** Where heads are: in which layer of which pack. */
export interface HeadPlace {
  readonly config: ModelConfig;
  readonly tokens: number;
  readonly weights: LayerWeights;
  readonly rotation: Rotation;
}

export function splitProjection(projection: tf.Tensor2D, { config, tokens, weights, rotation }: HeadPlace): DeviceHeads {
  const { heads, kvHeads, headDim } = config;
  const biased = weights.biases === null ? projection : tf.add(projection, biasRow(weights.biases));
  const all: tf.Tensor3D = tf.reshape(biased, [tokens, heads + 2 * kvHeads, headDim]);
  const plain = tf.slice(all, [0, 0, 0], [tokens, heads + kvHeads, headDim]);
  const normed = config.qkNorm ? rmsNorm(plain, config.rmsNormEps) : null;
  const rotated = rotate(normed === null ? plain : tf.mul(normed.values, normWeights(weights, config)), rotation);
  const byHead = tf.transpose(tf.concat([rotated, tf.slice(all, [0, heads + kvHeads, 0])], 1), [1, 0, 2]);
  return {
    query: tf.mul(tf.slice(byHead, [0, 0, 0], [heads, tokens, headDim]), 1 / Math.sqrt(headDim)),
    key: tf.slice(byHead, [heads, 0, 0], [kvHeads, tokens, headDim]),
    value: tf.slice(byHead, [heads + kvHeads, 0, 0]),
    normed,
  };
}

/** Turns each pair (x_i, x_(i + D / 2)) of [T, heads, D] by its angle. */
export function rotate(x: tf.Tensor3D, { cosines, sines }: Rotation): tf.Tensor3D {
  const [a, b] = tf.split(x, 2, 2) as [tf.Tensor3D, tf.Tensor3D];
  return tf.concat([tf.sub(tf.mul(a, cosines), tf.mul(b, sines)), tf.add(tf.mul(b, cosines), tf.mul(a, sines))], 2);
}

/** Of QK-norm, by head: [H + K, D]. */
export function normWeights({ queryNorm, keyNorm }: LayerWeights, { heads, kvHeads, headDim }: ModelConfig): tf.Tensor2D {
  const weights = new Float32Array((heads + kvHeads) * headDim);
  for (let head = 0; head < heads + kvHeads; head++) weights.set(head < heads ? queryNorm! : keyNorm!, head * headDim);
  return tf.tensor2d(weights, [heads + kvHeads, headDim]);
}

function biasRow(biases: readonly Float32Array[]): tf.Tensor2D {
  const row = biases.flatMap((bias) => [...bias]);
  return tf.tensor2d(row, [1, row.length]);
}
