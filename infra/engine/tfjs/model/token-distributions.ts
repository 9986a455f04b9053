/**
 * From hidden states to distributions over the vocabulary, on the device, a bounded number of rows at a time. In: normed hidden states, [n, width]. Out: logits; of those the probabilities,
 * and of each row on the host what its token's log-probability and its entropy are made of. Wrong: OUT_OF_MEMORY. Not-finite logits stay visible as such.
 */
import * as tf from '@tensorflow/tfjs-core';
import { fusedOps } from '../backend/fused-ops.ts';
import { readView } from '../backend/read-view.ts';
import { scope } from '../backend/scope.ts';
import type { Linear } from './linear.ts';

/** A logit that is asked for. */
export interface TokenPlace {
  readonly row: number;
  readonly token: number;
}

export interface TokenDistributions {
  /** [rows, vocabulary]; belong to the caller. */
  readonly probabilities: tf.Tensor2D;
  /** Of each place, divided by the temperature. */
  readonly logits: Float32Array;
  /** log sum exp, by row; not finite where a logit is not. */
  readonly logNormalisers: Float64Array;
  /** By row, nats. */
  readonly entropies: Float64Array;
}

/** Elements of one chunk of logits. */
const chunkElements = 2 ** 24;

/** Rows to be computed together so that memory stays bounded whatever the vocabulary. */
export function rowsPerChunk(vocabularySize: number): number {
  return Math.max(1, Math.floor(chunkElements / vocabularySize));
}

/** @param logits [rows, vocabulary], divided by the temperature */
export function tokenDistributions(logits: tf.Tensor2D, places: readonly TokenPlace[]): TokenDistributions {
  return scope(() => {
    const fused = fusedOps()?.tokenDistribution(logits);
    if (fused !== undefined) return fromFused(logits, places, fused);
    const probabilities: tf.Tensor2D = tf.keep(tf.softmax(logits));
    const summary = tf.getBackend() === 'wasm' ? summariseOnHost(logits, probabilities) : summariseOnDevice(logits, probabilities);
    return { probabilities, logits: logitsAt(logits, places), ...summary };
  });
}

function fromFused(logits: tf.Tensor2D, places: readonly TokenPlace[], [probabilities, logNormalisers, entropies]: readonly [tf.Tensor2D, tf.Tensor1D, tf.Tensor1D]): TokenDistributions {
  const onHost = (values: tf.Tensor1D): Float64Array => Float64Array.from(values.dataSync<'float32'>());
  return { probabilities: tf.keep(probabilities), logits: logitsAt(logits, places), logNormalisers: onHost(logNormalisers), entropies: onHost(entropies) };
}

/** The probabilities alone. @param logits [rows, vocabulary] @returns of the same shape, the caller's */
export function tokenProbabilities(logits: tf.Tensor2D): tf.Tensor2D {
  return scope(() => tf.keep(tf.softmax(logits)));
}

/** Divided by the temperature. @param hidden [rows, width] @returns [rows, vocabulary] */
export function tokenLogits(head: Linear, hidden: tf.Tensor2D, temperature: number): tf.Tensor2D {
  const projected: tf.Tensor2D = tf.matMul(hidden, head.forward);
  return temperature === 1 ? projected : tf.div(projected, temperature);
}

function logitsAt(logits: tf.Tensor2D, places: readonly TokenPlace[]): Float32Array {
  if (places.length === 0) return new Float32Array(0); // the device refuses none
  const indices = Int32Array.from(places.flatMap(({ row, token }) => [row, token]));
  return tf.gatherND(logits, tf.tensor2d(indices, [places.length, 2], 'int32')).dataSync<'float32'>();
}

type Summary = Pick<TokenDistributions, 'logNormalisers' | 'entropies'>;

/** log Z from the largest entry, whose probability is far from underflow: log Z = z - log p. H = log Z - sum p z. */
function summariseOnDevice(logits: tf.Tensor2D, probabilities: tf.Tensor2D): Summary {
  const [largest, mostLikely, means] = [tf.max(logits, 1), tf.max(probabilities, 1), tf.sum(tf.mul(probabilities, logits), 1)].map((each) => each.dataSync<'float32'>());
  const logNormalisers = Float64Array.from(largest!, (logit, row) => logit - Math.log(mostLikely![row]!));
  return { logNormalisers, entropies: logNormalisers.map((logNormaliser, row) => logNormaliser - means![row]!) };
}

/** The same where the device has its memory in common with the host, and is slow at sums. */
function summariseOnHost(logits: tf.Tensor2D, probabilities: tf.Tensor2D): Summary {
  const [rows, columns] = logits.shape;
  const [z, p] = [readView(logits), readView(probabilities)];
  const logNormalisers = new Float64Array(rows);
  const entropies = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let best = row * columns;
    let mean = 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) {
      if (z[i]! > z[best]!) best = i;
      mean += p[i]! * z[i]!;
    }
    logNormalisers[row] = z[best]! - Math.log(p[best]!);
    entropies[row] = logNormalisers[row]! - mean;
  }
  return { logNormalisers, entropies };
}
