import * as tf from '@tensorflow/tfjs-core';
import { firstLine } from './optional-package.ts';

/** Multiplies two matrices on the backend that is set. @returns null where the product is right, otherwise what is wrong */
export function probeBackend(): string | null {
  try {
    const ones = tf.ones<tf.Rank.R2>([16, 16]);
    const product = tf.matMul(ones, ones);
    const values = product.dataSync();
    tf.dispose([ones, product]);
    return values.every((value) => value === 16) ? null : `multiplies wrongly: ${values[0]!} in place of 16`;
  } catch (cause) {
    return `does not multiply: ${firstLine(cause)}`;
  }
}
