/** In a process of its own: loads the native backend and multiplies two matrices. Exits 1, saying why, where it does not load or multiplies wrongly. */
import * as tf from '@tensorflow/tfjs-core';
import { openBackend } from '../../engine/tfjs/backend/open-backend.ts';

const size = 64;

try {
  await openBackend('node', 0);
  const left = tf.tensor2d(Float32Array.from({ length: size * size }, (_, i) => i % 7), [size, size]);
  const right = tf.tensor2d(Float32Array.from({ length: size * size }, (_, i) => i % 5), [size, size]);
  const [row, column] = [left.dataSync(), right.dataSync()];
  const expected = Array.from({ length: size }, (_, k) => row[k]! * column[k * size]!).reduce((total, term) => total + term, 0);
  const actual = tf.matMul(left, right).dataSync()[0];
  if (actual !== expected) throw new Error(`the product's first element is ${String(actual)}, not ${expected}`);
} catch (cause) {
  process.stderr.write(`The native backend does not work: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = 1;
}
