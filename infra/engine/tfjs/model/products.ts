/**
 * Products with a transposed operand. Native backends transpose as they multiply; WebAssembly wants plain operands, so there weights are kept in both orders, and other
 * operands transposed on the host, which is quicker than its own transposition. In and out: matrices on the device. Wrong: OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import { readView } from '../backend/read-view.ts';
import type { Linear } from './linear.ts';
import { transpose } from './transpose.ts';

/** dx = dy W with y = x W^T. @param gradient [T, outputs] @returns [T, inputs] */
export function inputGradient(linear: Linear, gradient: tf.Tensor2D): tf.Tensor2D {
  return transposesFreely() ? tf.matMul(gradient, linear.forward, false, true) : tf.matMul(gradient, linear.backward);
}

/** left^T right. @param left [T, m] @param right [T, n] @returns [m, n] */
export function leftTransposed(left: tf.Tensor2D, right: tf.Tensor2D): tf.Tensor2D {
  if (transposesFreely()) return tf.matMul(left, right, true, false);
  const [rows, columns] = left.shape;
  return tf.matMul(tf.tensor2d(transpose(readView(left), rows, columns), [columns, rows]), right);
}

/** Whether a transposed operand costs nothing. */
export function transposesFreely(): boolean {
  return tf.getBackend() !== 'wasm';
}
