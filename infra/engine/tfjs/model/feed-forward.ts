/**
 * SwiGLU (Shazeer 2020): a = g * sigmoid(g) * u. In and out: [T, ffnWidth] on the device. Wrong: OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import { fusedOps } from '../backend/fused-ops.ts';

export function swiGlu(gate: tf.Tensor2D, up: tf.Tensor2D): tf.Tensor2D {
  return fusedOps()?.swiGlu(gate, up) ?? tf.mul<tf.Tensor2D>(tf.mul(gate, tf.sigmoid(gate)), up);
}

export interface SwiGluGradient {
  readonly gate: tf.Tensor2D;
  readonly up: tf.Tensor2D;
  /** a itself, computed again: the input of the layer after it. */
  readonly activated: tf.Tensor2D;
}

/** du = da * silu(g); dg = da * u * s * (1 + g * (1 - s)), s = sigmoid(g). */
export function swiGluBackward(gradient: tf.Tensor2D, gate: tf.Tensor2D, up: tf.Tensor2D): SwiGluGradient {
  const fused = fusedOps()?.swiGluBackward(gradient, gate, up);
  if (fused !== undefined) return { gate: fused[0], up: fused[1], activated: fused[2] };
  const sigmoid = tf.sigmoid(gate);
  const silu = tf.mul<tf.Tensor2D>(gate, sigmoid);
  const slope = tf.sub(tf.add(sigmoid, silu), tf.mul(silu, sigmoid)); // s + g s (1 - s)
  return { gate: tf.mul(tf.mul(gradient, up), slope), up: tf.mul(gradient, silu), activated: tf.mul(silu, up) };
}
