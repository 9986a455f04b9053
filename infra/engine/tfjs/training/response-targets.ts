/**
 * Which output rows predict which tokens, a bounded number of rows at a time: the vocabulary's logits of more are not there at once. In: a pack, its responses, how many rows at once. Out: chunks of
 * rows with what they predict. Pure.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { PackedBatch } from '../model/packed-batch.ts';

/** A token that an output row predicts. */
export interface Target {
  readonly row: number;
  readonly response: number; // in the order of the pack
  readonly index: number; // within the response
  readonly token: number;
}

/** Output rows from `first` on. */
export interface TargetChunk {
  readonly first: number;
  readonly count: number;
  readonly targets: readonly Target[];
}

/**
 * @param responses tokens of each response, in the order of `batch.predictions`
 * @param rows output rows in all
 * @param size rows of a chunk
 */
export function targetChunks({ predictions }: Pick<PackedBatch, 'predictions'>, responses: readonly (readonly number[])[], rows: number, size: number): TargetChunk[] {
  const chunks = Array.from({ length: Math.ceil(rows / size) }, (_, chunk) => ({ first: chunk * size, count: Math.min(size, rows - chunk * size), targets: [] as Target[] }));
  for (const [response, { outputs }] of predictions.entries()) {
    for (const [index, row] of outputs.entries()) chunks[Math.floor(row / size)]!.targets.push({ row, response, index, token: responses[response]![index]! });
  }
  return chunks;
}

/** The chunk's rows of all; where it has all of them, those themselves. @param all [rows, width] */
export function rowsOfChunk(all: tf.Tensor2D, { first, count }: TargetChunk): tf.Tensor2D {
  return count === all.shape[0] ? all : tf.slice(all, [first, 0], [count, all.shape[1]]);
}

/** One response's tokens, as the present weights see them. */
export interface ResponseLogprobs {
  readonly logprobs: Float64Array; // of each token, at the temperature
  readonly entropies: Float64Array; // of each token's distribution, nats
}

/** Room for those of all responses. */
export function emptyLogprobs(responses: readonly (readonly number[])[]): ResponseLogprobs[] {
  return responses.map(({ length }) => ({ logprobs: new Float64Array(length), entropies: new Float64Array(length) }));
}
