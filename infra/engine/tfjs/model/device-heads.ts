/**
 * Between the fused projection and attention, on the device: biases, QK-norm (Qwen3), rotary embedding, the scale 1 / sqrt(headDim), and
 * the change from token-major to head-major. T tokens, H heads, K key-value heads, D headDim. In: [T, (H + 2K) * D]. Out: `DeviceHeads`. Wrong: OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../../model-files/model-config.ts';
import type { LayerWeights } from './policy-weights.ts';
import { rmsNorm, type Normed } from './rms-norm.ts';
import { rotate, type Rotation } from './rotation.ts';

export interface DeviceHeads {
  /** [H + 2K, T, D]: queries, rotated and scaled; keys, rotated; values. */
  readonly all: tf.Tensor3D;
  /** Queries and keys after QK-norm, without its weights, [T, H + K, D]; null where the model has none. */
  readonly normed: Normed<tf.Tensor3D> | null;
}

/** Where heads are: in which layer of which pack. */
export interface HeadPlace {
  readonly config: ModelConfig;
  readonly tokens: number;
  readonly weights: LayerWeights;
}

export function splitProjection(projection: tf.Tensor2D, rotation: Rotation, place: HeadPlace): DeviceHeads {
  const { plain, normed } = normedHeads(projection, place);
  return { all: tf.transpose(rotate(plain, rotation), [1, 0, 2]), normed };
}

/** All but the rotary embedding. @returns queries, keys and values, [T, H + 2K, D], and as `DeviceHeads.normed` */
export function normedHeads(projection: tf.Tensor2D, { config, tokens, weights }: HeadPlace): { readonly plain: tf.Tensor3D; readonly normed: Normed<tf.Tensor3D> | null } {
  const { heads, kvHeads, headDim } = config;
  const biased = weights.biases === null ? projection : tf.add(projection, biasRow(weights.biases));
  const all: tf.Tensor3D = tf.reshape(biased, [tokens, heads + 2 * kvHeads, headDim]);
  const normed = config.qkNorm ? rmsNorm(tf.slice(all, [0, 0, 0], [tokens, heads + kvHeads, headDim]), config.rmsNormEps) : null;
  const plain: tf.Tensor3D = normed === null ? all : tf.concat([tf.mul<tf.Tensor3D>(normed.values, normWeights(weights, config)), tf.slice(all, [0, heads + kvHeads, 0])], 1);
  return { plain, normed };
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
