/** Attention whose products are the device's, head by head and tile by tile, and all else the host's. In, out and wrong: as `PackAttention`. */
import * as tf from '@tensorflow/tfjs-core';
import { attend, disposeTiles, type DeviceTile } from './attention.ts';
import { attendBackward } from './attention-gradient.ts';
import { mergeHeadGradients } from './head-gradients.ts';
import { splitHeads } from './heads.ts';
import { layerTiles } from './layer-tiles.ts';
import type { Attended, AttentionGradient, PackAttention } from './pack-attention.ts';
import type { PackedBatch } from './packed-batch.ts';
import type { PolicyModel } from './policy-model.ts';
import type { LayerWeights } from './policy-weights.ts';
import { gatherRows, scatterAddRows } from './rows.ts';

export class HostAttention implements PackAttention {
  readonly #model: PolicyModel;
  readonly #batch: PackedBatch;
  /** By layer. */
  readonly #tiles: readonly (readonly DeviceTile[])[];

  constructor(model: PolicyModel, batch: PackedBatch) {
    this.#model = model;
    this.#batch = batch;
    this.#tiles = layerTiles(batch, model.weights.config);
  }

  attend(layer: number, weights: LayerWeights, projection: tf.Tensor2D): Attended {
    const { config } = this.#model.weights;
    const batch = this.#batch;
    const rope = this.#model.ropes[layer]!;
    const tiles = this.#tiles[layer]!;
    const isLast = layer === config.layers - 1;
    const width = config.heads * config.headDim;
    const heads = splitHeads(projection, batch.positions, weights, config, rope);
    const output = attend(heads, tiles, config);
    const wanted = isLast ? gatherRows(output, width, batch.outputRows) : output;
    const rows = tf.tensor2d(wanted, [wanted.length / width, width]);
    return {
      rows,
      keep: () => tf.keep(rows),
      dispose: () => rows.dispose(),
      backward: (gradient): AttentionGradient => {
        const ofRows = gradient.dataSync<'float32'>();
        const outputGradient = isLast ? spread(ofRows, batch, width) : ofRows;
        const headGradients = attendBackward(heads, output, outputGradient, tiles, config);
        const { qkv, ...small } = mergeHeadGradients(headGradients, heads, batch.positions, weights, config, rope);
        return { projection: tf.tensor2d(qkv, [batch.tokens.length, weights.qkv.outputs]), ...small };
      },
    };
  }

  dispose(): void {
    disposeTiles([...new Set(this.#tiles)].flat());
  }
}

/** Gradients of output rows, as rows of the whole pack. */
function spread(source: Float32Array, { tokens, outputRows }: PackedBatch, columns: number): Float32Array {
  const target = new Float32Array(tokens.length * columns);
  scatterAddRows(target, columns, outputRows, source);
  return target;
}
