/**
 * Keys and values of a group's prompt, shared by all its samples, on the device as the two products of attention want them. In: the heads
 * of a pack, layer by layer. Wrong: OUT_OF_MEMORY. Belongs to whoever made it: `dispose`.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../../model-files/model-config.ts';
import type { Heads } from '../model/heads.ts';
import { gatherRows } from '../model/rows.ts';
import { transpose } from '../model/transpose.ts';

export interface PrefixHead {
  readonly keysTransposed: tf.Tensor2D; // [D, prompt]
  readonly values: tf.Tensor2D; // [prompt, D]
}

export class PrefixCache {
  readonly length: number;
  readonly #rows: Int32Array;
  readonly #config: ModelConfig;
  /** By layer, then key head. */
  readonly #layers: PrefixHead[][] = [];

  /** @param rows of the prompt's tokens in its pack */
  constructor(config: ModelConfig, rows: Int32Array) {
    this.#config = config;
    this.#rows = rows;
    this.length = rows.length;
  }

  /** Called once a layer, in order. */
  addLayer({ key, value, tokens }: Heads): void {
    const { kvHeads, headDim } = this.#config;
    const rows = (source: Float32Array, head: number): Float32Array =>
      gatherRows(source.subarray(head * tokens * headDim, (head + 1) * tokens * headDim), headDim, this.#rows);
    this.#layers.push(
      Array.from({ length: kvHeads }, (_, head) => ({
        keysTransposed: tf.keep(tf.tensor2d(transpose(rows(key, head), this.length, headDim), [headDim, this.length])),
        values: tf.keep(tf.tensor2d(rows(value, head), [this.length, headDim])),
      })),
    );
  }

  head(layer: number, kvHead: number): PrefixHead {
    return this.#layers[layer]![kvHead]!;
  }

  dispose(): void {
    for (const heads of this.#layers) for (const { keysTransposed, values } of heads) tf.dispose([keysTransposed, values]);
    this.#layers.length = 0;
  }
}
