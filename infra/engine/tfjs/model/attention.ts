/**
 * softmax(Q K^T + mask) V over tiles, grouped-query: the query heads that share a key head are stacked, so a tile and key head
 * take two 2-D products. In: heads on the host (queries scaled). Out: [T, H * D] on the host, zero where no tile has the row.
 * Wrong: OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import { readView } from '../backend/read-view.ts';
import { scope } from '../backend/scope.ts';
import type { AttentionTile } from './attention-tile.ts';
import type { Heads } from './heads.ts';
import { transposeInto } from './transpose.ts';

/** A tile with its mask on the device, repeated for the stacked query heads. */
export interface DeviceTile {
  readonly tile: AttentionTile;
  /** [heads a key head * queries, keys] */
  readonly mask: tf.Tensor2D | null;
}

export interface HeadShape {
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
}

export function placeTiles(tiles: readonly AttentionTile[], { heads, kvHeads }: HeadShape): DeviceTile[] {
  const stacked = heads / kvHeads;
  return tiles.map((tile) => ({ tile, mask: tile.mask === null ? null : tf.keep(repeatMask(tile.mask, tile, stacked)) }));
}

export function disposeTiles(tiles: readonly DeviceTile[]): void {
  for (const { mask } of tiles) mask?.dispose();
}

export function attend(heads: Heads, tiles: readonly DeviceTile[], shape: HeadShape): Float32Array {
  const { tokens } = heads;
  const width = shape.heads * shape.headDim;
  const output = new Float32Array(tokens * width);
  const stacked = shape.heads / shape.kvHeads;
  for (const place of tiles) {
    const { queries } = place.tile;
    for (let kvHead = 0; kvHead < shape.kvHeads; kvHead++) {
      scope(() => {
        const values = tf.matMul(tileProbabilities(heads, place, kvHead, shape), tileRows(heads.value, tokens, kvHead, place.tile, shape));
        scatterHeads(readView(values), output, queries.start, queries.count, kvHead * stacked, stacked, width, shape.headDim);
      });
    }
  }
  return output;
}

/** [stacked * queries, keys] */
export function tileProbabilities(heads: Heads, { tile, mask }: DeviceTile, kvHead: number, shape: HeadShape): tf.Tensor2D {
  const scores: tf.Tensor2D = tf.matMul(tileQueries(heads.query, heads.tokens, kvHead, tile, shape), tileKeysTransposed(heads.key, heads.tokens, kvHead, tile, shape));
  return tf.softmax(mask === null ? scores : tf.add(scores, mask));
}

/** Rows of the query heads that share the key head, [stacked * queries, D]. */
export function tileQueries(query: Float32Array, tokens: number, kvHead: number, { queries }: AttentionTile, shape: HeadShape): tf.Tensor2D {
  const { headDim } = shape;
  const stacked = shape.heads / shape.kvHeads;
  const rows = new Float32Array(stacked * queries.count * headDim);
  for (let head = 0; head < stacked; head++) {
    const from = ((kvHead * stacked + head) * tokens + queries.start) * headDim;
    rows.set(query.subarray(from, from + queries.count * headDim), head * queries.count * headDim);
  }
  return tf.tensor2d(rows, [stacked * queries.count, headDim]);
}

/** Key or value rows that the tile's queries may see, [keys, D]. */
export function tileRows(source: Float32Array, tokens: number, kvHead: number, tile: AttentionTile, { headDim }: HeadShape): tf.Tensor2D {
  const rows = new Float32Array(tile.keyCount * headDim);
  let done = 0;
  for (const { start, count } of tile.keys) {
    const from = (kvHead * tokens + start) * headDim;
    rows.set(source.subarray(from, from + count * headDim), done * headDim);
    done += count;
  }
  return tf.tensor2d(rows, [tile.keyCount, headDim]);
}

/** The same rows as [D, keys]. */
export function tileKeysTransposed(source: Float32Array, tokens: number, kvHead: number, tile: AttentionTile, { headDim }: HeadShape): tf.Tensor2D {
  const columns = new Float32Array(headDim * tile.keyCount);
  let done = 0;
  for (const { start, count } of tile.keys) {
    const from = (kvHead * tokens + start) * headDim;
    transposeInto(columns, done, tile.keyCount, source.subarray(from, from + count * headDim), count, headDim);
    done += count;
  }
  return tf.tensor2d(columns, [headDim, tile.keyCount]);
}

/** [stacked, queries, D] -> columns of token-major rows. */
function scatterHeads(
  values: Float32Array,
  output: Float32Array,
  firstRow: number,
  rows: number,
  firstHead: number,
  stacked: number,
  width: number,
  headDim: number,
): void {
  for (let head = 0; head < stacked; head++) {
    for (let row = 0; row < rows; row++) {
      const from = (head * rows + row) * headDim;
      output.set(values.subarray(from, from + headDim), (firstRow + row) * width + (firstHead + head) * headDim);
    }
  }
}

function repeatMask(mask: Float32Array, { queries, keyCount }: AttentionTile, times: number): tf.Tensor2D {
  const repeated = new Float32Array(times * mask.length);
  for (let i = 0; i < times; i++) repeated.set(mask, i * mask.length);
  return tf.tensor2d(repeated, [times * queries.count, keyCount]);
}
