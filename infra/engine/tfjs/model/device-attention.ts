/**
 * Attention that stays on the device, a few large products a tile: for backends with batched products and transposed operands. In, out and wrong: as `PackAttention`.
 */
import * as tf from '@tensorflow/tfjs-core';
import { gradientRows, mergeHeads } from './device-head-gradients.ts';
import { splitProjection, type HeadPlace } from './device-heads.ts';
import { DevicePack, type LayerPlan } from './device-pack.ts';
import { attendTile, attendTileBackward, scoreTile, tensorsOfScores, type TileScores } from './device-tile.ts';
import type { Attended, PackAttention } from './pack-attention.ts';
import type { PackedBatch } from './packed-batch.ts';
import type { PolicyModel } from './policy-model.ts';
import type { LayerWeights } from './policy-weights.ts';
import { rotateBackward } from './rotation.ts';

export class DeviceAttention implements PackAttention {
  readonly #pack: DevicePack;

  constructor(model: PolicyModel, batch: PackedBatch) {
    this.#pack = new DevicePack(model, batch);
  }

  attend(layer: number, weights: LayerWeights, projection: tf.Tensor2D): Attended {
    const { config, tokens } = this.#pack;
    const place: HeadPlace = { config, tokens, weights };
    const rotation = this.#pack.rotation(layer);
    const plan = this.#pack.plans[layer]!;
    const heads = splitProjection(projection, rotation, place);
    const scores = plan.tiles.map((tile) => scoreTile(heads, tile, config));
    const all = tf.concat(scores.map(attendTile), 1); // [H, R, D]
    const output: tf.Tensor2D = tf.reshape(tf.transpose(all, [1, 0, 2]), [plan.rows, config.heads * config.headDim]);
    const rows = plan.outputs === null ? output : tf.gather(output, plan.outputs);
    const ofTiles = this.#pack.keepsScores ? scores.flatMap(tensorsOfScores) : [heads.all];
    const kept = [...new Set([rows, output]), ...ofTiles, ...(heads.normed === null ? [] : [heads.normed.values, heads.normed.inverse])];
    return {
      rows,
      keep: () => kept.forEach((tensor) => tf.keep(tensor)),
      dispose: () => tf.dispose(kept),
      backward: (gradient) => {
        const again = this.#pack.keepsScores ? scores : plan.tiles.map((tile) => scoreTile(heads, tile, config));
        const ofHeads = attendBackward(gradient, output, again, { plan, place });
        return mergeHeads(rotateBackward(ofHeads, rotation), heads.normed, place);
      },
    };
  }

  dispose(): void {
    this.#pack.dispose();
  }
}

interface AttendedLayer {
  readonly plan: LayerPlan;
  readonly place: HeadPlace;
}

/** @param gradient with regard to the wanted rows; @param output [R, H * D], of all @returns with regard to rotated heads, [T, H + 2K, D] */
function attendBackward(gradient: tf.Tensor2D, output: tf.Tensor2D, scores: readonly TileScores[], { plan, place }: AttendedLayer): tf.Tensor3D {
  const { config } = place;
  const shape: [number, number, number] = [plan.rows, config.heads, config.headDim];
  const ofRows: tf.Tensor3D = tf.reshape(plan.outputs === null ? gradient : tf.unsortedSegmentSum(gradient, plan.outputs, plan.rows), shape);
  const dots: tf.Tensor3D = tf.sum(tf.mul(ofRows, tf.reshape(output, shape)), -1, true);
  const byHead = { gradient: tf.transpose(ofRows, [1, 0, 2]), dots: tf.transpose(dots, [1, 0, 2]) };
  const tiles = scores.map((each, tile) => attendTileBackward(each, byHead, plan.tiles[tile]!.first));
  return gradientRows(tiles, plan, place);
}
