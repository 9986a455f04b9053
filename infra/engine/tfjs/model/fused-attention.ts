/** Attention by fused operations: two for all tiles of a layer, there and back. In, out and wrong: as `PackAttention`. */
import * as tf from '@tensorflow/tfjs-core';
import type { FusedOps } from '../backend/fused-ops.ts';
import { mergeHeads } from './device-head-gradients.ts';
import { normedHeads, type HeadPlace } from './device-heads.ts';
import { FusedPack } from './fused-pack.ts';
import type { Attended, PackAttention } from './pack-attention.ts';
import type { PackedBatch } from './packed-batch.ts';
import type { PolicyModel } from './policy-model.ts';
import type { LayerWeights } from './policy-weights.ts';

export class FusedAttention implements PackAttention {
  readonly #ops: FusedOps;
  readonly #model: PolicyModel;
  readonly #tokens: number;
  readonly #pack: FusedPack;

  constructor(ops: FusedOps, model: PolicyModel, batch: PackedBatch) {
    this.#ops = ops;
    this.#model = model;
    this.#tokens = batch.tokens.length;
    this.#pack = new FusedPack(model, batch);
  }

  attend(layer: number, weights: LayerWeights, projection: tf.Tensor2D): Attended {
    const { config } = this.#model.weights;
    const ops = this.#ops;
    const place: HeadPlace = { config, tokens: this.#tokens, weights };
    const plan = this.#pack.plans[layer]!;
    const angles = this.#pack.angles(layer);
    const { plain, normed } = normedHeads(projection, place);
    const all = ops.rotate(plain, angles, config, false);
    const [output, logSums] = ops.attend(all, plan, config);
    const rows: tf.Tensor2D = plan.outputs === null ? output : tf.gather(output, plan.outputs);
    const kept = [...new Set<tf.Tensor>([rows, output]), all, logSums, ...(normed === null ? [] : [normed.values, normed.inverse])];
    return {
      rows,
      keep: () => kept.forEach((tensor) => tf.keep(tensor)),
      dispose: () => tf.dispose(kept),
      backward: (gradient) => {
        const ofRows: tf.Tensor2D = plan.outputs === null ? gradient : tf.unsortedSegmentSum(gradient, plan.outputs, plan.rows);
        const ofAll = ops.attendBackward(all, plan, output, logSums, ofRows, config);
        return mergeHeads(ops.rotate(ofAll, angles, config, true), normed, place);
      },
    };
  }

  dispose(): void {
    this.#pack.dispose();
  }
}
