/**
 * Losses of all responses of a pack and the gradient with regard to its output rows. In: normed hidden states of the output rows, and what each
 * row predicts. Out: the token losses by response, then, in a second call, the gradient. Wrong: OUT_OF_MEMORY.
 *
 * The vocabulary is handled a bounded number of rows at a time, and stays on the device. Where one chunk holds all rows, its probabilities serve both calls.
 */
import * as tf from '@tensorflow/tfjs-core';
import { scope } from '../backend/scope.ts';
import type { Linear } from '../model/linear.ts';
import type { PackedBatch } from '../model/packed-batch.ts';
import { inputGradient } from '../model/products.ts';
import { rowsPerChunk, tokenDistributions, tokenLogits, tokenProbabilities, type TokenDistributions } from '../model/token-distributions.ts';
import type { Gradients } from './gradients.ts';
import type { PassLosses } from './pass-losses.ts';
import { restrictLogits } from './restrict-logits.ts';
import { emptyLogprobs, rowsOfChunk, targetChunks, type ResponseLogprobs, type ResponseTokens, type TargetChunk } from './response-targets.ts';

export class ResponseLosses implements PassLosses {
  readonly #head: Linear;
  readonly #hidden: tf.Tensor2D;
  readonly #temperature: number;
  readonly #responses: readonly ResponseTokens[];
  readonly #chunks: readonly TargetChunk[];
  #probabilities: tf.Tensor2D | null = null;

  /**
   * @param hidden [outputs, width]; stays the caller's
   * @param responses in the order of `batch.predictions`
   * @param size rows of a chunk
   */
  constructor(head: Linear, hidden: tf.Tensor2D, batch: PackedBatch, responses: readonly ResponseTokens[], temperature: number, size = rowsPerChunk(head.outputs)) {
    this.#head = head;
    this.#hidden = hidden;
    this.#temperature = temperature;
    this.#responses = responses;
    this.#chunks = targetChunks(batch, responses, hidden.shape[0], size);
  }

  logprobs(): ResponseLogprobs[] {
    const results = emptyLogprobs(this.#responses);
    for (const chunk of this.#chunks) {
      const { probabilities, logits, logNormalisers, entropies } = this.#distributions(chunk);
      chunk.targets.forEach(({ row, response, index }, i) => {
        results[response]!.logprobs[index] = logits[i]! - logNormalisers[row - chunk.first]!;
        results[response]!.entropies[index] = entropies[row - chunk.first]!;
      });
      if (this.#chunks.length === 1) this.#probabilities = probabilities;
      else probabilities.dispose();
    }
    return results;
  }

  /**
   * With c = d loss / d log p of a token: d loss / d logit_v = c * (1[v = token] - p_v) / temperature. The two terms go their ways apart: through p by products, through the tokens
   * row by row.
   */
  backward(slopes: readonly Float64Array[], store: Gradients): tf.Tensor2D {
    const gradient = new Float32Array(this.#hidden.size);
    const hidden = this.#hidden.dataSync<'float32'>();
    for (const chunk of this.#chunks) {
      const ofTargets = chunk.targets.map(({ response, index }) => slopes[response]![index]! / this.#temperature);
      const probabilities = this.#probabilities ?? scope(() => tokenProbabilities(this.#logits(chunk)));
      this.#throughProbabilities(probabilities, chunk, ofTargets, store, gradient);
      this.#throughTokens(chunk, ofTargets, hidden, store, gradient);
      if (probabilities !== this.#probabilities) probabilities.dispose();
    }
    this.dispose();
    return tf.tensor2d(gradient, this.#hidden.shape);
  }

  dispose(): void {
    this.#probabilities?.dispose();
    this.#probabilities = null;
  }

  #throughProbabilities(probabilities: tf.Tensor2D, chunk: TargetChunk, slopes: readonly number[], store: Gradients, gradient: Float32Array): void {
    const { inputs } = this.#head;
    const { first, count, targets } = chunk;
    const sums = new Float32Array(count);
    targets.forEach(({ row }, i) => (sums[row - first]! -= slopes[i]!));
    scope(() => {
      const ofRows = tf.tensor2d(sums, [count, 1]);
      store.addLinear(this.#head, tf.mul(rowsOfChunk(this.#hidden, chunk), ofRows), probabilities);
      gradient.set(tf.mul(inputGradient(this.#head, probabilities), ofRows).dataSync<'float32'>(), first * inputs);
    });
  }

  #throughTokens({ targets }: TargetChunk, slopes: readonly number[], hidden: Float32Array, store: Gradients, gradient: Float32Array): void {
    const { inputs } = this.#head;
    const ofTokens = new Float32Array(targets.length * inputs);
    const row = new Float32Array(inputs);
    targets.forEach((target, i) => {
      const slope = slopes[i]!;
      const start = target.row * inputs;
      this.#head.readOutput(target.token, row);
      for (let c = 0; c < inputs; c++) {
        gradient[start + c]! += slope * row[c]!;
        ofTokens[i * inputs + c] = slope * hidden[start + c]!;
      }
    });
    store.addOutputs(this.#head, Int32Array.from(targets, ({ token }) => token), ofTokens);
  }

  #distributions(chunk: TargetChunk): TokenDistributions {
    const { first, targets } = chunk;
    return scope(() => tokenDistributions(this.#logits(chunk), targets.map(({ row, token }) => ({ row: row - first, token }))));
  }

  #logits(chunk: TargetChunk): tf.Tensor2D {
    return restrictLogits(tokenLogits(this.#head, rowsOfChunk(this.#hidden, chunk), this.#temperature), chunk);
  }
}
