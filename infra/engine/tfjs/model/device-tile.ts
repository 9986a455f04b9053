/**
 * One tile of attention on the device, all heads at once, the query heads that share a key head stacked. n queries, k keys, H heads, K key-value heads, D headDim. In: heads of the pack. Out: what the tile's queries attended to, or gradients. Wrong: OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { HeadShape } from './attention.ts';
import type { DeviceHeads } from './device-heads.ts';
import type { PlannedTile } from './device-pack.ts';

export interface TileGradients {
  readonly query: tf.Tensor3D; // [H, n, D]
  readonly key: tf.Tensor3D; // [K, k, D]
  readonly value: tf.Tensor3D; // [K, k, D]
}

/** With regard to what all tiles of a layer put out, by head: R rows. */
export interface OutputGradient {
  readonly gradient: tf.Tensor3D; // [H, R, D]
  readonly dots: tf.Tensor3D; // [H, R, 1], rowsum(dO * O)
}

/** What the way back needs of a tile. */
export interface TileScores {
  readonly operands: TileOperands;
  readonly probabilities: tf.Tensor3D; // [K, stacked * n, k], softmax(Q K^T + mask)
}

export function scoreTile(heads: DeviceHeads, tile: PlannedTile, shape: HeadShape): TileScores {
  const operands = tileOperands(heads, tile, shape);
  return { operands, probabilities: probabilitiesOf(operands, tile) };
}

/** P V, [H, n, D] */
export function attendTile({ operands, probabilities }: TileScores): tf.Tensor3D {
  return tf.reshape(tf.matMul(probabilities, operands.value), operands.queryShape);
}

/** dV = P^T dO, dS = P * (dO V^T - rowsum(dO * O)), dQ = dS K, dK = dS^T Q */
export function attendTileBackward({ operands, probabilities }: TileScores, { gradient, dots }: OutputGradient, first: number): TileGradients {
  const { query, key, value, queryShape } = operands;
  const [count, stackedRows, headDim] = query.shape;
  const ofTile = (x: tf.Tensor3D, columns: number): tf.Tensor3D => tf.reshape(tf.slice(x, [0, first, 0], [queryShape[0], queryShape[1], columns]), [count, stackedRows, columns]);
  const dOutput = ofTile(gradient, headDim);
  const dScores = tf.mul(probabilities, tf.sub(tf.matMul(dOutput, value, false, true), ofTile(dots, 1)));
  return {
    query: tf.reshape(tf.matMul(dScores, key), queryShape),
    key: tf.matMul(dScores, query, true, false),
    value: tf.matMul(probabilities, dOutput, true, false),
  };
}

/** To be kept for the way back. */
export function tensorsOfScores({ operands: { query, key, value }, probabilities }: TileScores): tf.Tensor[] {
  return [query, key, value, probabilities];
}

export interface TileOperands {
  readonly query: tf.Tensor3D; // [K, stacked * n, D]
  readonly key: tf.Tensor3D; // [K, k, D]
  readonly value: tf.Tensor3D; // [K, k, D]
  readonly queryShape: [number, number, number]; // H, n, D
}

function tileOperands({ all }: DeviceHeads, { tile: { queries, keys } }: PlannedTile, { heads, kvHeads, headDim }: HeadShape): TileOperands {
  const rowsOf = (firstHead: number): tf.Tensor3D => {
    const ranges = keys.map(({ start, count }) => tf.slice(all, [firstHead, start, 0], [kvHeads, count, headDim]));
    return ranges.length === 1 ? ranges[0]! : tf.concat(ranges, 1);
  };
  const own = tf.slice(all, [0, queries.start, 0], [heads, queries.count, headDim]);
  return {
    query: tf.reshape(own, [kvHeads, (heads / kvHeads) * queries.count, headDim]),
    key: rowsOf(heads),
    value: rowsOf(heads + kvHeads),
    queryShape: [heads, queries.count, headDim],
  };
}

/** [K, stacked * n, k] */
function probabilitiesOf({ query, key }: TileOperands, { mask }: PlannedTile): tf.Tensor3D {
  const scores: tf.Tensor3D = tf.matMul(query, key, false, true);
  return tf.softmax(mask === null ? scores : tf.add(scores, mask));
}
