/**
 * Gradients of one step, summed on the host over its micro-batches: of all weights, or of an adapter's tensors alone. In: what the backward pass finds, layer by layer. Out:
 * gradients under the names of what is trained. Nothing can go wrong; values that are not finite stay in and are seen by the optimiser.
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { Linear } from '../model/linear.ts';

/** `inputs-first`: [inputs, outputs], x^T dy. `outputs-first`: [outputs, inputs], dy^T x. */
export type Layout = 'inputs-first' | 'outputs-first';

export interface LinearSum {
  readonly layout: Layout;
  readonly values: Float32Array;
}

/** The content as plain values, to go from thread to thread. */
export interface GradientSums {
  /** By place in `PolicyWeights.linears`. */
  readonly linear: ReadonlyMap<number, LinearSum>;
  /** By weight. */
  readonly direct: ReadonlyMap<string, Float32Array>;
  /** By place, [outputs, inputs]: sums that are left on the device, and never go to another thread. */
  readonly device?: ReadonlyMap<number, tf.Tensor2D>;
}

export interface Gradients {
  /** Whether anything was added since the last `clear`. */
  readonly isEmpty: boolean;
  /** Adds what a linear layer's weights get. @param x [T, inputs], without the folded scale; @param gradient [T, outputs] */
  addLinear(linear: Linear, x: tf.Tensor2D, gradient: tf.Tensor2D): void;
  /** Adds to single outputs of a linear layer, of which one may come more than once. @param gradients [outputs, inputs], without the folded scale */
  addOutputs(linear: Linear, outputs: Int32Array, gradients: Float32Array): void;
  /** Adds to a weight that is no linear layer. */
  addDirect(name: string, values: Float64Array | Float32Array): void;
  /** Adds the gradient with regard to embedded tokens. @param gradient [T, width] */
  addEmbedding(tokens: Int32Array, gradient: Float32Array): void;
  /** The sums themselves, not copies. */
  sums(): GradientSums;
  /** Adds another's sums, whose arrays it may take over. */
  addSums(sums: GradientSums): void;
  clear(): void;
  /** All gradients, under the names and in the layouts of what is trained; zero where nothing was added. Gives the sums away: it is empty afterwards. */
  collect(): Map<string, Float32Array>;
}
