/**
 * What the attention of a pack's layers needs on the device. In: the model, a packed batch. Out: tiles, row numbers and rotations; they are disposed with the pack.
 * Wrong: OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../../model-files/model-config.ts';
import { onGpu } from '../backend/on-gpu.ts';
import { disposeTiles, placeTiles, type DeviceTile } from './attention.ts';
import { attentionTiles, cpuTiles, gpuTiles } from './attention-tile.ts';
import { shareAmongLayers } from './layer-tiles.ts';
import type { PackedBatch } from './packed-batch.ts';
import type { PolicyModel } from './policy-model.ts';
import type { RopeTable } from './rope-table.ts';
import { disposeRotation, openRotation, type Rotation } from './rotation.ts';

/** The tiles of a layer; R rows are queries of one of them. */
export interface LayerPlan {
  readonly tiles: readonly PlannedTile[];
  readonly rows: number; // R
  /** Row of the pack of each of the R; null where they are all rows, in order. */
  readonly queryRows: tf.Tensor1D | null;
  /** Row of the pack of each tile's keys, one tile after the other; null where they are all rows once, in order. */
  readonly keyRows: tf.Tensor1D | null;
  /** Which of the R are output rows; null where all rows are wanted. */
  readonly outputs: tf.Tensor1D | null;
}

export interface PlannedTile extends DeviceTile {
  /** Its first query among the R. */
  readonly first: number;
}

/** Probabilities of a pack's attention that are kept for the way back, in floats; if there are more they are computed again. */
const mostKept = 2 ** 25;

export class DevicePack {
  readonly config: ModelConfig;
  /** Whether each tile's operands and probabilities are kept. */
  readonly keepsScores: boolean;
  readonly tokens: number;
  /** By layer. */
  readonly plans: readonly LayerPlan[];
  readonly #ropes: readonly RopeTable[];
  readonly #rotations: ReadonlyMap<RopeTable, Rotation>;

  constructor({ weights: { config }, ropes }: PolicyModel, batch: PackedBatch) {
    this.config = config;
    this.tokens = batch.tokens.length;
    this.plans = shareAmongLayers(config, (window, outputsOnly) => planLayer(batch, config, window, outputsOnly));
    const scores = this.plans.flatMap(({ tiles }) => tiles.map(({ tile }) => config.heads * tile.queries.count * tile.keyCount));
    this.keepsScores = scores.reduce((sum, count) => sum + count, 0) <= mostKept;
    this.#ropes = ropes;
    this.#rotations = new Map([...new Set(ropes)].map((rope) => [rope, openRotation(rope, batch.positions, config)]));
  }

  rotation(layer: number): Rotation {
    return this.#rotations.get(this.#ropes[layer]!)!;
  }

  dispose(): void {
    for (const rotation of this.#rotations.values()) disposeRotation(rotation);
    for (const { tiles, queryRows, keyRows, outputs } of new Set(this.plans)) {
      disposeTiles(tiles);
      for (const rows of [queryRows, keyRows, outputs]) rows?.dispose();
    }
  }
}

function planLayer(batch: PackedBatch, config: ModelConfig, window: number | null, outputsOnly: boolean): LayerPlan {
  const tiles = attentionTiles(batch, window, outputsOnly ? batch.outputRows : null, onGpu() ? gpuTiles : cpuTiles);
  const queryRows = tiles.flatMap(({ queries }) => rangeOf(queries.start, queries.count));
  const places = new Map(queryRows.map((row, place) => [row, place]));
  const keyRows = tiles.flatMap(({ keys }) => keys.flatMap(({ start, count }) => rangeOf(start, count)));
  const areAllRows = keyRows.length === batch.tokens.length && keyRows.every((row, place) => row === place);
  let first = 0;
  return {
    tiles: placeTiles(tiles, config).map((placed) => {
      const planned = { ...placed, first };
      first += placed.tile.queries.count;
      return planned;
    }),
    rows: queryRows.length,
    queryRows: outputsOnly ? indices(queryRows) : null,
    keyRows: areAllRows ? null : indices(keyRows),
    outputs: outputsOnly ? indices(Array.from(batch.outputRows, (row) => places.get(row)!)) : null,
  };
}

function rangeOf(start: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => start + i);
}

function indices(values: readonly number[]): tf.Tensor1D {
  return tf.keep(tf.tensor1d(Int32Array.from(values), 'int32'));
}
