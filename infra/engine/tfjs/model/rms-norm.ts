/**
 * RMSNorm without its weight, which the layer after it has folded in: y = x / sqrt(mean(x^2) + eps), over the last axis.
 * In and out: [T, width] on the device, or heads of tokens. Wrong: OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import { fusedOps } from '../backend/fused-ops.ts';

export interface Normed<T extends tf.Tensor = tf.Tensor2D> {
  readonly values: T;
  readonly inverse: T; // last axis 1, 1 / sqrt(mean(x^2) + eps)
}

export function rmsNorm<T extends tf.Tensor>(x: T, eps: number): Normed<T> {
  const fused = fusedOps()?.rmsNorm(x, eps);
  if (fused !== undefined) return { values: fused[0], inverse: fused[1] };
  const inverse: T = tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), eps));
  return { values: tf.mul(x, inverse), inverse };
}

/** dx = inverse * (dy - y * mean(dy * y)) */
export function rmsNormBackward<T extends tf.Tensor>(gradient: T, { values, inverse }: Normed<T>): T {
  const ops = fusedOps();
  if (ops !== null) return ops.rmsNormBackward(gradient, values, inverse);
  const mean = tf.mean(tf.mul(gradient, values), -1, true);
  return tf.mul(tf.sub(gradient, tf.mul(values, mean)), inverse);
}

export function keepNormed<T extends tf.Tensor>({ values, inverse }: Normed<T>): Normed<T> {
  return { values: tf.keep(values), inverse: tf.keep(inverse) };
}

export function disposeNormed<T extends tf.Tensor>({ values, inverse }: Normed<T>): void {
  values.dispose();
  inverse.dispose();
}
