import * as tf from '@tensorflow/tfjs-core';
import { readView } from '../backend/read-view.ts';
import { transpose } from './transpose.ts';

/** [columns, rows], by way of the host: the device's own transposition takes longer than the product it is for. */
export function transposedOnHost(x: tf.Tensor2D): tf.Tensor2D {
  const [rows, columns] = x.shape;
  return tf.tensor2d(transpose(readView(x), rows, columns), [columns, rows]);
}
