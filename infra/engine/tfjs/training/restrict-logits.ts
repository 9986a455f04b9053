/**
 * Takes from the distributions of some rows all tokens but a few. In: the logits of a chunk's rows, what the rows predict. Out: logits in which no other token has any probability; the same tensor where no
 * row is restricted. Wrong: OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { TargetChunk } from './response-targets.ts';

/** Far below any logit, and a number: products with a probability of 0 stay 0. */
const never = -1e9;

/** @param logits [count, vocabulary] */
export function restrictLogits(logits: tf.Tensor2D, { first, targets }: Pick<TargetChunk, 'first' | 'targets'>): tf.Tensor2D {
  const restricted = new Map(targets.flatMap(({ row, allowed }) => (allowed === null ? [] : [[row - first, allowed] as const])));
  if (restricted.size === 0) return logits;
  const [rows, columns] = logits.shape;
  const offsets = new Float32Array(rows * columns);
  for (const [row, allowed] of restricted) {
    offsets.fill(never, row * columns, (row + 1) * columns);
    for (const token of allowed) offsets[row * columns + token] = 0;
  }
  return tf.add(logits, tf.tensor2d(offsets, [rows, columns]));
}
