/**
 * Losses of all responses of a pack and the gradient with regard to its output rows. In: normed hidden states of the output rows, and what each
 * row predicts. Out: the token losses by response, then, in a second call, the gradient. Wrong: OUT_OF_MEMORY.
 *
 * The vocabulary is handled a bounded number of rows at a time. Where one chunk holds all rows, its logits serve both calls.
 */
import * as tf from '@tensorflow/tfjs-core';
import { scope } from '../backend/scope.ts';
import type { Linear } from '../model/linear.ts';
import type { PackedBatch } from '../model/packed-batch.ts';
import { inputGradient } from '../model/products.ts';
import { rowsPerChunk, summariseRow, tokenDistributions, type TokenDistributions } from '../model/token-distributions.ts';
import type { Gradients } from './gradients.ts';

/** One response's tokens, as the present weights see them. */
export interface ResponseLogprobs {
  readonly logprobs: Float64Array; // of each token, at the temperature
  readonly entropies: Float64Array; // of each token's distribution, nats
}

/** A token that an output row predicts. */
interface Target {
  readonly response: number; // in the order of the pack
  readonly index: number; // within the response
  readonly token: number;
}

export class ResponseLosses {
  readonly #head: Linear;
  readonly #hidden: Float32Array;
  readonly #temperature: number;
  readonly #lengths: readonly number[];
  /** By output row. */
  readonly #targets: readonly Target[][];
  #lastChunk: { readonly first: number; readonly distributions: TokenDistributions } | null = null;

  /**
   * @param hidden [outputs, width]
   * @param responses tokens of each response, in the order of `batch.predictions`
   */
  constructor(head: Linear, hidden: Float32Array, batch: PackedBatch, responses: readonly (readonly number[])[], temperature: number) {
    this.#head = head;
    this.#hidden = hidden;
    this.#temperature = temperature;
    this.#lengths = responses.map((tokens) => tokens.length);
    const targets = Array.from({ length: batch.outputRows.length }, (): Target[] => []);
    for (const [response, { outputs }] of batch.predictions.entries()) {
      outputs.forEach((row, index) => targets[row]!.push({ response, index, token: responses[response]![index]! }));
    }
    this.#targets = targets;
  }

  /** In the order of the pack's responses. */
  logprobs(): ResponseLogprobs[] {
    const results = this.#lengths.map((length) => ({ logprobs: new Float64Array(length), entropies: new Float64Array(length) }));
    this.#forEachChunk((distributions, first, count) => {
      for (let row = 0; row < count; row++) {
        const targets = this.#targets[first + row]!;
        if (targets.length === 0) continue;
        const { logNormaliser, entropy } = summariseRow(distributions, row);
        for (const { response, index, token } of targets) {
          results[response]!.logprobs[index] = distributions.logits[row * distributions.vocabularySize + token]! - logNormaliser;
          results[response]!.entropies[index] = entropy;
        }
      }
    });
    return results;
  }

  /**
   * With c = d loss / d log p of a token: d loss / d logit_v = c * (1[v = token] - p_v) / temperature.
   * @param slopes c of each token, by response
   * @returns [outputs, width]; the head's gradient goes to the store
   */
  backward(slopes: readonly Float64Array[], store: Gradients): Float32Array {
    const gradient = new Float32Array(this.#hidden.length);
    const { inputs } = this.#head;
    this.#forEachChunk((distributions, first, count) => {
      const logitGradient = this.#logitGradient(distributions, first, count, slopes);
      scope(() => {
        const rows = tf.tensor2d(logitGradient, [count, distributions.vocabularySize]);
        const hidden = tf.tensor2d(this.#hiddenRows(first, count), [count, inputs]);
        store.addLinear(this.#head, hidden, rows);
        gradient.set(inputGradient(this.#head, rows).dataSync<'float32'>(), first * inputs);
      });
    });
    this.#lastChunk = null; // gives its memory back
    return gradient;
  }

  /** Overwrites the probabilities, which nobody needs any more. */
  #logitGradient({ probabilities, vocabularySize }: TokenDistributions, first: number, count: number, slopes: readonly Float64Array[]): Float32Array {
    for (let row = 0; row < count; row++) {
      const start = row * vocabularySize;
      const targets = this.#targets[first + row]!;
      const slopeOf = ({ response, index }: Target): number => slopes[response]![index]! / this.#temperature;
      const total = targets.reduce((sum, target) => sum + slopeOf(target), 0);
      if (total === 0) probabilities.fill(0, start, start + vocabularySize);
      else for (let i = start; i < start + vocabularySize; i++) probabilities[i]! *= -total;
      for (const target of targets) probabilities[start + target.token]! += slopeOf(target);
    }
    return probabilities;
  }

  #forEachChunk(visit: (distributions: TokenDistributions, first: number, count: number) => void): void {
    const rows = this.#targets.length;
    const chunk = rowsPerChunk(this.#head.outputs);
    for (let first = 0; first < rows; first += chunk) {
      const count = Math.min(chunk, rows - first);
      const distributions =
        this.#lastChunk?.first === first && count === rows
          ? this.#lastChunk.distributions
          : tokenDistributions(this.#head, this.#hiddenRows(first, count), this.#temperature);
      this.#lastChunk = { first, distributions };
      visit(distributions, first, count);
    }
  }

  #hiddenRows(first: number, count: number): Float32Array {
    return this.#hidden.slice(first * this.#head.inputs, (first + count) * this.#head.inputs);
  }
}
