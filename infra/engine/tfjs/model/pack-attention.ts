/**
 * The attention of a pack's layers, between the fused projection of queries, keys and values and the output projection. In: projections. Out: what
 * the rows attended to, and the way back. Wrong: OUT_OF_MEMORY. How it is computed is the backend's matter: `openAttention`.
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { LayerWeights } from './policy-weights.ts';

export interface PackAttention {
  /**
   * @param layer its number
   * @param projection [T, (H + 2K) * D]; may be disposed afterwards
   */
  attend(layer: number, weights: LayerWeights, projection: tf.Tensor2D): Attended;
  dispose(): void;
}

/** Its tensors are disposed with the scope in which they were made, unless kept. */
export interface Attended {
  /** [rows, H * D]; of the output rows in the last layer, else of all. */
  readonly rows: tf.Tensor2D;
  keep(): void;
  /** What was kept. */
  dispose(): void;
  /** @param gradient with regard to `rows` */
  backward(gradient: tf.Tensor2D): AttentionGradient;
}

export interface AttentionGradient {
  /** [T, (H + 2K) * D] */
  readonly projection: tf.Tensor2D;
  /** [headDim] each, where the model has QK-norm. */
  readonly queryNorm: Float64Array | Float32Array | null;
  readonly keyNorm: Float64Array | Float32Array | null;
  /** [(H + 2K) * D], where the model has biases. */
  readonly biases: Float64Array | Float32Array | null;
}
