/**
 * The backward pass of `splitProjection`. In: gradients of a layer's tiles. Out: the gradient with regard to the fused projection, and those of the small weights
 * applied between. Wrong: OUT_OF_MEMORY. T tokens, H heads, K key-value heads, D headDim.
 */
import * as tf from '@tensorflow/tfjs-core';
import { normWeights, type DeviceHeads, type HeadPlace } from './device-heads.ts';
import type { LayerPlan } from './device-pack.ts';
import type { TileGradients } from './device-tile.ts';
import type { AttentionGradient } from './pack-attention.ts';
import { rmsNormBackward } from './rms-norm.ts';
import { rotateBackward } from './rotation.ts';

/** With regard to rotated and scaled heads, token-major. */
export interface RowGradients {
  readonly query: tf.Tensor3D; // [T, H, D]
  readonly keyValue: tf.Tensor3D; // [T, 2K, D], keys first
}

/** A query belongs to one tile; what the tiles found for a key is added up. */
export function gradientRows(tiles: readonly TileGradients[], { queryRows, keyRows, rows }: LayerPlan, { config, tokens }: HeadPlace): RowGradients {
  const { heads, kvHeads, headDim } = config;
  const query = tf.transpose(tf.concat(tiles.map((tile) => tile.query), 1), [1, 0, 2]);
  const ofTiles = tf.concat(tiles.map(({ key, value }) => tf.concat([key, value], 0)), 1);
  const keyValue = tf.reshape(tf.transpose(ofTiles, [1, 0, 2]), [ofTiles.shape[1], 2 * kvHeads * headDim]);
  const spread = queryRows === null ? query : tf.unsortedSegmentSum(tf.reshape(query, [rows, heads * headDim]), queryRows, tokens);
  return {
    query: tf.reshape(spread, [tokens, heads, headDim]),
    keyValue: tf.reshape(keyRows === null ? keyValue : tf.unsortedSegmentSum(keyValue, keyRows, tokens), [tokens, 2 * kvHeads, headDim]),
  };
}

export function mergeHeads({ query, keyValue }: RowGradients, { normed }: DeviceHeads, { config, tokens, weights, rotation }: HeadPlace): AttentionGradient {
  const { heads, kvHeads, headDim } = config;
  const all = rotateBackward(tf.concat([query, keyValue], 1), rotation);
  const plain = normed === null ? null : tf.slice(all, [0, 0, 0], [tokens, heads + kvHeads, headDim]);
  const unnormed = normed === null || plain === null ? all : tf.concat([rmsNormBackward(tf.mul<tf.Tensor3D>(plain, normWeights(weights, config)), normed), tf.slice(all, [0, heads + kvHeads, 0])], 1);
  const projection: tf.Tensor2D = tf.reshape(unnormed, [tokens, (heads + 2 * kvHeads) * headDim]);
  const norms = normed === null || plain === null ? null : tf.sum(tf.mul(plain, normed.values), 0); // [H + K, D]
  return {
    projection,
    queryNorm: norms === null ? null : headSum(norms as tf.Tensor2D, 0, heads),
    keyNorm: norms === null ? null : headSum(norms as tf.Tensor2D, heads, kvHeads),
    biases: weights.biases === null ? null : tf.sum(projection, 0).dataSync<'float32'>(),
  };
}

function headSum(byHead: tf.Tensor2D, first: number, count: number): Float32Array {
  return tf.sum(tf.slice(byHead, [first, 0], [count, byHead.shape[1]]), 0).dataSync<'float32'>();
}
