/**
 * Which output rows predict which tokens, a bounded number of rows at a time: the vocabulary's logits of more are not there at once. In: a pack, its responses, how many rows at once. Out: chunks of
 * rows with what they predict. Pure.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { TrainingResponse } from '../../../../operators/ports/engine.ts';
import type { PackedBatch } from '../model/packed-batch.ts';

/** What is predicted of a response. */
export type ResponseTokens = Pick<TrainingResponse, 'tokens' | 'allowed'>;

/** A token that an output row predicts. */
export interface Target {
  readonly row: number;
  readonly response: number; // in the order of the pack
  readonly index: number; // within the response
  readonly token: number;
  /** The row's distribution is over these; null: over all. The same for all tokens that the row predicts. */
  readonly allowed: readonly number[] | null;
}

/** Output rows from `first` on. */
export interface TargetChunk {
  readonly first: number;
  readonly count: number;
  readonly targets: readonly Target[];
}

/**
 * @param responses in the order of `batch.predictions`
 * @param rows output rows in all
 * @param size rows of a chunk
 */
export function targetChunks({ predictions }: Pick<PackedBatch, 'predictions'>, responses: readonly ResponseTokens[], rows: number, size: number): TargetChunk[] {
  const chunks = Array.from({ length: Math.ceil(rows / size) }, (_, chunk) => ({ first: chunk * size, count: Math.min(size, rows - chunk * size), targets: [] as Target[] }));
  for (const [response, { outputs }] of predictions.entries()) {
    const { tokens, allowed } = responses[response]!;
    for (const [index, row] of outputs.entries()) chunks[Math.floor(row / size)]!.targets.push({ row, response, index, token: tokens[index]!, allowed: allowed?.[index] ?? null });
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
export function emptyLogprobs(responses: readonly ResponseTokens[]): ResponseLogprobs[] {
  return responses.map(({ tokens: { length } }) => ({ logprobs: new Float64Array(length), entropies: new Float64Array(length) }));
}
