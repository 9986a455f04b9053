/**
 * RMSNorm without its weight, which the layer after it has folded in: y = x / sqrt(mean(x^2) + eps), per row.
 * In and out: [T, width] on the device. Wrong: OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';

export interface Normed {
  readonly values: tf.Tensor2D; // [T, width]
  readonly inverse: tf.Tensor2D; // [T, 1], 1 / sqrt(mean(x^2) + eps)
}

export function rmsNorm(x: tf.Tensor2D, eps: number): Normed {
  const inverse: tf.Tensor2D = tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), eps));
  return { values: tf.mul(x, inverse), inverse };
}

/** dx = inverse * (dy - y * mean(dy * y)) */
export function rmsNormBackward(gradient: tf.Tensor2D, { values, inverse }: Normed): tf.Tensor2D {
  const mean = tf.mean(tf.mul(gradient, values), -1, true);
  return tf.mul(tf.sub(gradient, tf.mul(values, mean)), inverse);
}

export function keepNormed({ values, inverse }: Normed): Normed {
  return { values: tf.keep(values), inverse: tf.keep(inverse) };
}

export function disposeNormed({ values, inverse }: Normed): void {
  values.dispose();
  inverse.dispose();
}
