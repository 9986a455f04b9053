/**
 * The adapters of a linear layer's parts, side by side as one product of two thin matrices: y += (x * s) A^T B^T, with A [R, inputs] the parts' A one below the other, B
 * [outputs, R] their B as blocks, alpha / rank in it, and s the weight of the norm before the layer. In: views of the host's A and B, which may change; `invalidate`
 * must be called then. Wrong: OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { WeightAdapter } from '../../model-files/adapter/adapter.ts';
import { transpose } from './transpose.ts';

/** Where a part's adapter lies among the others. */
export interface AdapterBlock {
  readonly adapter: WeightAdapter;
  readonly rank: number;
  readonly firstRank: number;
  readonly outputs: number;
  readonly firstOutput: number;
}

export interface AdaptedPart {
  readonly outputs: number;
  readonly adapter: WeightAdapter | null;
}

export class LowRank {
  readonly blocks: readonly AdapterBlock[];
  readonly #inputs: number;
  readonly #outputs: number;
  readonly #rank: number;
  readonly #inputScale: Float32Array | null;
  #downTransposed: tf.Tensor2D | null = null;
  #up: tf.Tensor2D | null = null;

  /** @param parts at least one of them with an adapter */
  constructor(inputs: number, parts: readonly AdaptedPart[], inputScale: Float32Array | null) {
    const blocks: AdapterBlock[] = [];
    let firstRank = 0;
    let firstOutput = 0;
    for (const { outputs, adapter } of parts) {
      if (adapter !== null) {
        const rank = adapter.down.shape[0]!;
        blocks.push({ adapter, rank, firstRank, outputs, firstOutput });
        firstRank += rank;
      }
      firstOutput += outputs;
    }
    this.blocks = blocks;
    this.#inputs = inputs;
    this.#outputs = firstOutput;
    this.#rank = firstRank;
    this.#inputScale = inputScale;
  }

  /** A^T with s, [inputs, R]. */
  get downTransposed(): tf.Tensor2D {
    return (this.#downTransposed ??= tf.keep(tf.tensor2d(transpose(this.#down(), this.#rank, this.#inputs), [this.#inputs, this.#rank])));
  }

  /** B, [outputs, R]. */
  get up(): tf.Tensor2D {
    return (this.#up ??= tf.keep(tf.tensor2d(this.#upBlocks(), [this.#outputs, this.#rank])));
  }

  /** [inputs, outputs], the caller's. */
  forward(): tf.Tensor2D {
    return tf.matMul(this.downTransposed, tf.tensor2d(transpose(this.#upBlocks(), this.#outputs, this.#rank), [this.#rank, this.#outputs]));
  }

  /** [outputs, inputs], the caller's. */
  backward(): tf.Tensor2D {
    return tf.matMul(this.up, tf.tensor2d(this.#down(), [this.#rank, this.#inputs]));
  }

  /** Adds the product, made on the host. @param target [inputs, outputs] */
  addTo(target: Float32Array): void {
    const down = this.#down();
    for (const { adapter, rank, firstRank, outputs, firstOutput } of this.blocks) {
      const up = transpose(adapter.up.data, outputs, rank);
      for (let input = 0; input < this.#inputs; input++) {
        const to = input * this.#outputs + firstOutput;
        for (let r = 0; r < rank; r++) {
          const factor = adapter.scale * down[(firstRank + r) * this.#inputs + input]!;
          for (let output = 0; output < outputs; output++) target[to + output]! += factor * up[r * outputs + output]!;
        }
      }
    }
  }

  invalidate(): void {
    this.#downTransposed?.dispose();
    this.#up?.dispose();
    this.#downTransposed = null;
    this.#up = null;
  }

  #down(): Float32Array {
    const rows = new Float32Array(this.#rank * this.#inputs);
    for (const { adapter, firstRank } of this.blocks) rows.set(adapter.down.data, firstRank * this.#inputs);
    const scale = this.#inputScale;
    if (scale !== null) for (let i = 0; i < rows.length; i++) rows[i]! *= scale[i % this.#inputs]!;
    return rows;
  }

  #upBlocks(): Float32Array {
    const rows = new Float32Array(this.#outputs * this.#rank);
    for (const { adapter, rank, firstRank, outputs, firstOutput } of this.blocks) {
      for (let output = 0; output < outputs; output++) {
        const to = (firstOutput + output) * this.#rank + firstRank;
        for (let r = 0; r < rank; r++) rows[to + r] = adapter.scale * adapter.up.data[output * rank + r]!;
      }
    }
    return rows;
  }
}
