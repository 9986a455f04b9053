/**
 * Gradients of an adapter. With W' = W + s B A frozen in W, and dy the gradient with regard to a layer's output: dA = s (dy B)^T x and dB = s dy^T (x A^T). Both go through
 * matrices of `rank` columns: the gradient of W' itself, as large as W, is never made. Other weights are frozen, and what comes for them is left out.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Weights } from '../../model-files/host-tensor.ts';
import { readView } from '../backend/read-view.ts';
import { scope } from '../backend/scope.ts';
import type { Linear } from '../model/linear.ts';
import type { AdapterBlock } from '../model/low-rank.ts';
import { leftTransposed } from '../model/products.ts';
import type { Gradients, GradientSums } from './gradients.ts';

const noLinear: GradientSums['linear'] = new Map();

export class AdapterGradients implements Gradients {
  readonly #tensors: Weights;
  readonly #sums = new Map<string, Float32Array>();

  /** @param tensors of the adapter */
  constructor(tensors: Weights) {
    this.#tensors = tensors;
  }

  get isEmpty(): boolean {
    return this.#sums.size === 0;
  }

  addLinear(linear: Linear, x: tf.Tensor2D, gradient: tf.Tensor2D): void {
    const { lowRank } = linear;
    if (lowRank === null) return;
    scope(() => {
      const narrowed: tf.Tensor2D = tf.matMul(x, lowRank.downTransposed); // [T, R]
      const narrowedGradient: tf.Tensor2D = tf.matMul(gradient, lowRank.up); // [T, R]
      const down = leftTransposed(narrowedGradient, x); // [R, inputs]
      const upTransposed = leftTransposed(narrowed, gradient); // [R, outputs]
      for (const block of lowRank.blocks) {
        this.#addDown(block, readView(down), linear);
        this.#addUp(block, readView(upTransposed), linear.outputs);
      }
    });
  }

  addOutputs(): void {
    // of the head, which is frozen
  }

  addDirect(): void {
    // frozen
  }

  addEmbedding(): void {
    // frozen
  }

  sums(): GradientSums {
    return { linear: noLinear, direct: this.#sums };
  }

  addSums({ direct }: GradientSums): void {
    for (const [name, values] of direct) {
      const target = this.#sums.get(name);
      if (target === undefined) this.#sums.set(name, values);
      else for (let i = 0; i < target.length; i++) target[i]! += values[i]!;
    }
  }

  clear(): void {
    this.#sums.clear();
  }

  collect(): Map<string, Float32Array> {
    const gradients = new Map([...this.#tensors].map(([name, { data }]) => [name, this.#sums.get(name) ?? new Float32Array(data.length)]));
    this.clear();
    return gradients;
  }

  /** @param gradient [R, inputs], with regard to A with the norm's weight folded in */
  #addDown({ adapter, rank, firstRank }: AdapterBlock, gradient: Float32Array, { inputs, inputScale }: Linear): void {
    const target = this.#sumOf(adapter.names.down);
    const from = firstRank * inputs;
    for (let i = 0; i < rank * inputs; i++) target[i]! += inputScale === null ? gradient[from + i]! : gradient[from + i]! * inputScale[i % inputs]!;
  }

  /** @param gradient [R, outputs], of all parts; without alpha / rank */
  #addUp({ adapter, rank, firstRank, outputs, firstOutput }: AdapterBlock, gradient: Float32Array, stride: number): void {
    const target = this.#sumOf(adapter.names.up);
    for (let r = 0; r < rank; r++) {
      const from = (firstRank + r) * stride + firstOutput;
      for (let output = 0; output < outputs; output++) target[output * rank + r]! += adapter.scale * gradient[from + output]!;
    }
  }

  #sumOf(name: string): Float32Array {
    let sum = this.#sums.get(name);
    if (sum === undefined) this.#sums.set(name, (sum = new Float32Array(this.#tensors.get(name)!.data.length)));
    return sum;
  }
}
