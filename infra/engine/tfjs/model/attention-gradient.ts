/**
 * The backward pass of `attend`; probabilities are computed again rather than kept. In: the heads, the output O and its gradient dO, [T, H * D],
 * on the host. Out: gradients in the layouts of the heads. Wrong: OUT_OF_MEMORY.
 *
 * With P = softmax(S): dV = P^T dO, dS = P * (dO V^T - rowsum(dO * O)), dQ = dS K, dK = dS^T Q. The transposed results are
 * computed as dV^T = dO^T P and dK^T = Q^T dS, so that no large operand is transposed.
 */
import * as tf from '@tensorflow/tfjs-core';
import { readView } from '../backend/read-view.ts';
import { scope } from '../backend/scope.ts';
import { tileKeysTransposed, tileProbabilities, tileRows, type DeviceTile, type HeadShape } from './attention.ts';
import type { AttentionTile } from './attention-tile.ts';
import type { HeadGradients, Heads } from './heads.ts';
import { transpose } from './transpose.ts';

export function attendBackward(
  heads: Heads,
  output: Float32Array,
  outputGradient: Float32Array,
  tiles: readonly DeviceTile[],
  shape: HeadShape,
): HeadGradients {
  const gradients = {
    query: new Float32Array(heads.query.length),
    key: new Float32Array(heads.key.length),
    value: new Float32Array(heads.value.length),
  };
  for (const place of tiles) {
    for (let kvHead = 0; kvHead < shape.kvHeads; kvHead++) {
      const { tile } = place;
      scope(() => {
        const { query, keyTransposed, valueTransposed } = tileGradients(heads, output, outputGradient, place, kvHead, shape);
        putQueries(readView(query), gradients.query, heads.tokens, kvHead, tile, shape);
        addTransposed(readView(keyTransposed), gradients.key, heads.tokens, kvHead, tile, shape.headDim);
        addTransposed(readView(valueTransposed), gradients.value, heads.tokens, kvHead, tile, shape.headDim);
      });
    }
  }
  return gradients;
}

interface TileGradients {
  readonly query: tf.Tensor2D; // [stacked * queries, D]
  readonly keyTransposed: tf.Tensor2D; // [D, keys]
  readonly valueTransposed: tf.Tensor2D; // [D, keys]
}

function tileGradients(
  heads: Heads,
  output: Float32Array,
  outputGradient: Float32Array,
  place: DeviceTile,
  kvHead: number,
  shape: HeadShape,
): TileGradients {
  const { tile } = place;
  const { headDim } = shape;
  const { tokens } = heads;
  const stacked = shape.heads / shape.kvHeads;
  const rows = stacked * tile.queries.count;
  const dOutput = stackRows(outputGradient, kvHead, tile, shape);
  const dots = rowDots(dOutput, stackRows(output, kvHead, tile, shape), headDim);
  const queries = stackQueries(heads.query, tokens, kvHead, tile, shape);
  const probabilities = tileProbabilities(heads, place, kvHead, shape);
  const dProbabilities = tf.matMul(tf.tensor2d(dOutput, [rows, headDim]), tileKeysTransposed(heads.value, tokens, kvHead, tile, shape));
  const dScores = tf.mul(probabilities, tf.sub(dProbabilities, tf.tensor2d(dots, [rows, 1])));
  const query: tf.Tensor2D = tf.matMul(dScores, tileRows(heads.key, tokens, kvHead, tile, shape));
  const keyTransposed: tf.Tensor2D = tf.matMul(tf.tensor2d(transpose(queries, rows, headDim), [headDim, rows]), dScores);
  const valueTransposed: tf.Tensor2D = tf.matMul(tf.tensor2d(transpose(dOutput, rows, headDim), [headDim, rows]), probabilities);
  return { query, keyTransposed, valueTransposed };
}

/** From [T, H * D]: the tile's rows of the stacked heads, [stacked * queries, D]. */
function stackRows(source: Float32Array, kvHead: number, { queries }: AttentionTile, { heads, kvHeads, headDim }: HeadShape): Float32Array {
  const stacked = heads / kvHeads;
  const rows = new Float32Array(stacked * queries.count * headDim);
  for (let head = 0; head < stacked; head++) {
    for (let row = 0; row < queries.count; row++) {
      const from = (queries.start + row) * heads * headDim + (kvHead * stacked + head) * headDim;
      rows.set(source.subarray(from, from + headDim), (head * queries.count + row) * headDim);
    }
  }
  return rows;
}

/** From [H, T, D]: the same rows. */
function stackQueries(source: Float32Array, tokens: number, kvHead: number, { queries }: AttentionTile, { heads, kvHeads, headDim }: HeadShape): Float32Array {
  const stacked = heads / kvHeads;
  const rows = new Float32Array(stacked * queries.count * headDim);
  for (let head = 0; head < stacked; head++) {
    const from = ((kvHead * stacked + head) * tokens + queries.start) * headDim;
    rows.set(source.subarray(from, from + queries.count * headDim), head * queries.count * headDim);
  }
  return rows;
}

function rowDots(a: Float32Array, b: Float32Array, columns: number): Float32Array {
  const dots = new Float32Array(a.length / columns);
  for (let row = 0; row < dots.length; row++) {
    let dot = 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) dot += a[i]! * b[i]!;
    dots[row] = dot;
  }
  return dots;
}

/** A query belongs to one tile: its gradient is put, not added. */
function putQueries(gradient: Float32Array, target: Float32Array, tokens: number, kvHead: number, { queries }: AttentionTile, shape: HeadShape): void {
  const stacked = shape.heads / shape.kvHeads;
  const size = queries.count * shape.headDim;
  for (let head = 0; head < stacked; head++) {
    const to = ((kvHead * stacked + head) * tokens + queries.start) * shape.headDim;
    target.set(gradient.subarray(head * size, (head + 1) * size), to);
  }
}

/** Adds [D, keys] to the tile's rows of [K, T, D]. */
function addTransposed(gradient: Float32Array, target: Float32Array, tokens: number, kvHead: number, tile: AttentionTile, headDim: number): void {
  let done = 0;
  for (const { start, count } of tile.keys) {
    for (let row = 0; row < count; row++) {
      const to = (kvHead * tokens + start + row) * headDim;
      for (let i = 0; i < headDim; i++) target[to + i]! += gradient[i * tile.keyCount + done + row]!;
    }
    done += count;
  }
}
