/** In a process of its own: opens the backend that is named and multiplies two matrices. Exits 1, saying why, where it does not open or multiplies wrongly. */
import * as tf from '@tensorflow/tfjs-core';
import { openBackend, type BackendName } from '../engine/tfjs/backend/open-backend.ts';

const size = 64;

try {
  await openBackend(process.argv[2] as BackendName, 0);
  const left = Float32Array.from({ length: size * size }, (_, i) => i % 7);
  const right = Float32Array.from({ length: size * size }, (_, i) => i % 5);
  const expected = Array.from({ length: size }, (_, k) => left[k]! * right[k * size]!).reduce((total, term) => total + term, 0);
  const actual = tf.matMul(tf.tensor2d(left, [size, size]), tf.tensor2d(right, [size, size])).dataSync()[0];
  if (actual !== expected) throw new Error(`the product's first element is ${String(actual)}, not ${expected}`);
} catch (cause) {
  process.stderr.write(`The backend does not work: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = 1;
}
