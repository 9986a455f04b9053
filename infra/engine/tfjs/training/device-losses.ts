/**
 * As `ResponseLosses`, with all that is as large as the vocabulary left on the device: on a GPU, logits that come to the host and go back cost more than computing them. Wrong:
 * OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import { scope } from '../backend/scope.ts';
import type { Linear } from '../model/linear.ts';
import type { PackedBatch } from '../model/packed-batch.ts';
import { inputGradient } from '../model/products.ts';
import { rowsPerChunk, tokenLogits } from '../model/token-distributions.ts';
import type { Gradients } from './gradients.ts';
import type { PassLosses } from './pass-losses.ts';
import { restrictLogits } from './restrict-logits.ts';
import { emptyLogprobs, rowsOfChunk, targetChunks, type ResponseLogprobs, type ResponseTokens, type TargetChunk } from './response-targets.ts';

export class DeviceLosses implements PassLosses {
  readonly #head: Linear;
  readonly #hidden: tf.Tensor2D;
  readonly #temperature: number;
  readonly #responses: readonly ResponseTokens[];
  readonly #chunks: readonly TargetChunk[];
  /** Softmax of the only chunk, where one chunk has all rows. */
  #probabilities: tf.Tensor2D | null = null;

  /** @param rowsAtOnce whose logits are there at once */
  constructor(head: Linear, hidden: tf.Tensor2D, batch: PackedBatch, responses: readonly ResponseTokens[], temperature: number, rowsAtOnce = rowsPerChunk(head.outputs)) {
    this.#head = head;
    this.#hidden = hidden;
    this.#temperature = temperature;
    this.#responses = responses;
    this.#chunks = targetChunks(batch, responses, hidden.shape[0], rowsAtOnce);
  }

  /** With z the logits minus the largest of their row and Z the sum of their exponentials: log p = z - log Z, H = log Z - sum(e^z z) / Z. */
  logprobs(): ResponseLogprobs[] {
    const results = emptyLogprobs(this.#responses);
    for (const chunk of this.#chunks) {
      const { totals, weighted, picked } = this.#statistics(chunk);
      for (const [i, { row, response, index }] of chunk.targets.entries()) {
        const total = totals[row - chunk.first]!;
        results[response]!.logprobs[index] = picked[i]! - Math.log(total);
        results[response]!.entropies[index] = Math.log(total) - weighted[row - chunk.first]! / total;
      }
    }
    return results;
  }

  /** With c = d loss / d log p of a token: d loss / d logit_v = c * (1[v = token] - p_v) / temperature. */
  backward(slopes: readonly Float64Array[], store: Gradients): tf.Tensor2D {
    return scope(() => {
      const gradients = this.#chunks.map((chunk) => {
        const logits = this.#logitGradient(chunk, slopes);
        store.addLinear(this.#head, rowsOfChunk(this.#hidden, chunk), logits);
        return inputGradient(this.#head, logits);
      });
      return tf.keep(gradients.length === 1 ? gradients[0]! : tf.concat(gradients, 0));
    });
  }

  dispose(): void {
    this.#probabilities?.dispose();
    this.#probabilities = null;
  }

  #statistics(chunk: TargetChunk): { readonly totals: Float32Array; readonly weighted: Float32Array; readonly picked: Float32Array } {
    const { first, count, targets } = chunk;
    return scope(() => {
      const shifted = this.#shiftedLogits(chunk);
      const exponentials = tf.exp(shifted);
      const totals = tf.sum(exponentials, 1, true);
      if (this.#chunks.length === 1) this.#probabilities = tf.keep(tf.div(exponentials, totals));
      const weighted = tf.sum(tf.mul(exponentials, shifted), 1);
      const places = targets.map(({ row, token }) => [row - first, token]);
      const picked = targets.length === 0 ? [] : [tf.gatherND(shifted, tf.tensor2d(places, [targets.length, 2], 'int32')) as tf.Tensor1D];
      const values = tf.concat([tf.reshape(totals, [count]), weighted as tf.Tensor1D, ...picked]).dataSync<'float32'>();
      return { totals: values.subarray(0, count), weighted: values.subarray(count, 2 * count), picked: values.subarray(2 * count) };
    });
  }

  /** [count, vocabulary] */
  #shiftedLogits(chunk: TargetChunk): tf.Tensor2D {
    const logits = restrictLogits(tokenLogits(this.#head, rowsOfChunk(this.#hidden, chunk), this.#temperature), chunk);
    return tf.sub(logits, tf.max(logits, 1, true));
  }

  /** [count, vocabulary] */
  #logitGradient(chunk: TargetChunk, slopes: readonly Float64Array[]): tf.Tensor2D {
    const { first, count, targets } = chunk;
    const { outputs: vocabularySize } = this.#head;
    const totals = new Float64Array(count);
    const own = new Map<number, number>(); // by place in the chunk's logits: a token may be predicted by several responses at once
    for (const { row, token, response, index } of targets) {
      const slope = slopes[response]![index]! / this.#temperature;
      const place = (row - first) * vocabularySize + token;
      totals[row - first]! -= slope;
      own.set(place, (own.get(place) ?? 0) + slope);
    }
    const probabilities = this.#probabilities ?? tf.softmax(this.#shiftedLogits(chunk));
    const ofAll = tf.mul(probabilities, tf.tensor2d(Float32Array.from(totals), [count, 1]));
    const places = [...own.keys()].flatMap((place) => [Math.floor(place / vocabularySize), place % vocabularySize]);
    const values = tf.tensor1d(Float32Array.from(own.values()));
    return own.size === 0 ? tf.zerosLike(ofAll as tf.Tensor2D) : tf.add(ofAll, tf.scatterND(tf.tensor2d(places, [own.size, 2], 'int32'), values, [count, vocabularySize]));
  }
}
