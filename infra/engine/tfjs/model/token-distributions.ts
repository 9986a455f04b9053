/**
 * From hidden states to distributions over the vocabulary, a bounded number of rows at a time. In: normed hidden states, [n, width].
 * Out: tempered logits and probabilities of each row, on the host. Wrong: OUT_OF_MEMORY. Not-finite logits stay visible as such.
 */
import * as tf from '@tensorflow/tfjs-core';
import { scope } from '../backend/scope.ts';
import type { Linear } from './linear.ts';

export interface TokenDistributions {
  readonly vocabularySize: number;
  /** [rows, vocabulary], divided by the temperature. */
  readonly logits: Float32Array;
  /** [rows, vocabulary] */
  readonly probabilities: Float32Array;
}

/** Elements of one chunk of logits. */
const chunkElements = 2 ** 24;

/** Rows to be computed together so that memory stays bounded whatever the vocabulary. */
export function rowsPerChunk(vocabularySize: number): number {
  return Math.max(1, Math.floor(chunkElements / vocabularySize));
}

/** @param hidden [rows, width] */
export function tokenDistributions(head: Linear, hidden: Float32Array, temperature: number): TokenDistributions {
  return scope(() => {
    const projected = tf.matMul(tf.tensor2d(hidden, [hidden.length / head.inputs, head.inputs]), head.forward);
    const logits = temperature === 1 ? projected : tf.div(projected, temperature);
    return {
      vocabularySize: head.outputs,
      logits: logits.dataSync<'float32'>(),
      probabilities: tf.softmax(logits).dataSync<'float32'>(),
    };
  });
}

export interface RowSummary {
  /** Token of the largest logit; the first of equals. */
  readonly best: number;
  /** log sum exp of the row; not finite where a logit is not. */
  readonly logNormaliser: number;
  /** Nats. */
  readonly entropy: number;
}

/** log Z from the largest entry, whose probability is far from underflow: log Z = z - log p. H = log Z - sum p z. */
export function summariseRow({ vocabularySize, logits, probabilities }: TokenDistributions, row: number): RowSummary {
  const start = row * vocabularySize;
  let best = 0;
  let most = -Infinity;
  let mean = 0;
  for (let i = 0; i < vocabularySize; i++) {
    const logit = logits[start + i]!;
    if (logit > most) {
      most = logit;
      best = i;
    }
    mean += probabilities[start + i]! * logit;
  }
  const logNormaliser = most - Math.log(probabilities[start + best]!);
  return { best, logNormaliser, entropy: logNormaliser - mean };
}
