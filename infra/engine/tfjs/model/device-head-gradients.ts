/**
 * The backward pass of `splitProjection`, but for the rotation. In: gradients of a layer's tiles. Out: the gradient with regard to the fused projection, and those of the small weights
 * applied between. Wrong: OUT_OF_MEMORY. T tokens, H heads, K key-value heads, D headDim.
 */
import * as tf from '@tensorflow/tfjs-core';
import { normWeights, type HeadPlace } from './device-heads.ts';
import type { LayerPlan } from './device-pack.ts';
import type { TileGradients } from './device-tile.ts';
import type { AttentionGradient } from './pack-attention.ts';
import { rmsNormBackward, type Normed } from './rms-norm.ts';

/** A query belongs to one tile; what the tiles found for a key is added up. @returns with regard to rotated and scaled heads, [T, H + 2K, D] */
export function gradientRows(tiles: readonly TileGradients[], { queryRows, keyRows, rows }: LayerPlan, { config, tokens }: HeadPlace): tf.Tensor3D {
  const { heads, kvHeads, headDim } = config;
  const query = tf.transpose(tf.concat(tiles.map((tile) => tile.query), 1), [1, 0, 2]);
  const ofTiles = tf.concat(tiles.map(({ key, value }) => tf.concat([key, value], 0)), 1);
  const keyValue = tf.reshape(tf.transpose(ofTiles, [1, 0, 2]), [ofTiles.shape[1], 2 * kvHeads * headDim]);
  const spread = queryRows === null ? query : tf.unsortedSegmentSum(tf.reshape(query, [rows, heads * headDim]), queryRows, tokens);
  const ofKeys = keyRows === null ? keyValue : tf.unsortedSegmentSum(keyValue, keyRows, tokens);
  return tf.concat([tf.reshape(spread, [tokens, heads, headDim]), tf.reshape(ofKeys, [tokens, 2 * kvHeads, headDim])], 1);
}

/** @param all with regard to heads before the rotary embedding, [T, H + 2K, D] @param normed as `DeviceHeads.normed` */
export function mergeHeads(all: tf.Tensor3D, normed: Normed<tf.Tensor3D> | null, { config, tokens, weights }: HeadPlace): AttentionGradient {
  const { heads, kvHeads, headDim } = config;
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
