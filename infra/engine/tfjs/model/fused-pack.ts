/**
 * What the fused attention of a pack's layers needs on the device: tables of tiles, and angles. In: the model, a packed batch. Out: tensors that are disposed with the pack. Wrong: OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { FusedTiles } from '../backend/fused-ops.ts';
import { attentionTiles, fusedTiles, type AttentionTile } from './attention-tile.ts';
import { shareAmongLayers } from './layer-tiles.ts';
import type { PackedBatch } from './packed-batch.ts';
import type { PolicyModel } from './policy-model.ts';
import { disposeAngles, openAngles, type RopeAngles } from './rope-angles.ts';
import type { RopeTable } from './rope-table.ts';

/** The tiles of a layer; R rows are queries of one of them. */
export interface FusedPlan extends FusedTiles {
  readonly rows: number; // R
  /** Which of the R are output rows; null where all rows are wanted. */
  readonly outputs: tf.Tensor1D | null;
}

export class FusedPack {
  /** By layer. */
  readonly plans: readonly FusedPlan[];
  readonly #ropes: readonly RopeTable[];
  readonly #angles: ReadonlyMap<RopeTable, RopeAngles>;

  constructor({ weights: { config }, ropes }: PolicyModel, batch: PackedBatch) {
    this.plans = shareAmongLayers(config, (window, outputsOnly) => {
      const outputRows = outputsOnly ? batch.outputRows : null;
      return planLayer(attentionTiles(batch, window, outputRows, fusedTiles), outputRows);
    });
    this.#ropes = ropes;
    this.#angles = new Map([...new Set(ropes)].map((rope) => [rope, openAngles(rope, batch.positions)]));
  }

  angles(layer: number): RopeAngles {
    return this.#angles.get(this.#ropes[layer]!)!;
  }

  dispose(): void {
    for (const angles of this.#angles.values()) disposeAngles(angles);
    for (const { tiles, ranges, masks, outputs } of new Set(this.plans)) tf.dispose([tiles, ranges, masks, ...(outputs === null ? [] : [outputs])]);
  }
}

function planLayer(tiles: readonly AttentionTile[], outputRows: Int32Array | null): FusedPlan {
  const ranges = tiles.flatMap(({ keys }) => keys);
  const masks = tiles.flatMap(({ mask }) => (mask === null ? [] : [mask]));
  const places = new Map<number, number>(); // of the queries, among the R
  const table = new TileTable();
  for (const tile of tiles) {
    table.add(tile);
    for (let query = 0; query < tile.queries.count; query++) places.set(tile.queries.start + query, places.size);
  }
  return {
    tiles: tf.keep(tf.tensor2d(table.values, [tiles.length, table.values.length / tiles.length], 'int32')),
    ranges: tf.keep(tf.tensor2d(ranges.flatMap(({ start, count }) => [start, count]), [ranges.length, 2], 'int32')),
    masks: tf.keep(tf.tensor1d(joined(masks))),
    rows: places.size,
    outputs: outputRows === null ? null : tf.keep(tf.tensor1d(outputRows.map((row) => places.get(row)!), 'int32')),
  };
}

/** As `FusedTiles.tiles` has them. */
class TileTable {
  readonly values: number[] = [];
  #outputs = 0;
  #ranges = 0;
  #masks = 0;
  #trees = 0;
  #keysEnd = 0; // row of the pack

  add({ queries, keys, keyCount, mask }: AttentionTile): void {
    if (keys[0]!.start >= this.#keysEnd) this.#trees += 1;
    this.#keysEnd = Math.max(this.#keysEnd, keys.at(-1)!.start + keys.at(-1)!.count);
    this.values.push(queries.start, queries.count, this.#outputs, this.#ranges, keys.length, keyCount, mask === null ? -1 : this.#masks, this.#trees);
    this.#outputs += queries.count;
    this.#ranges += keys.length;
    this.#masks += mask?.length ?? 0;
  }
}

function joined(arrays: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let done = 0;
  for (const values of arrays) {
    all.set(values, done);
    done += values.length;
  }
  return all;
}
