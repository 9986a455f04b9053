/**
 * Gradients of one step, summed on the host over its micro-batches. In: gradients of the linear layers as the device computes them (norm
 * weights folded in), and of the rest. Out: gradients under the Hugging Face names, in the layout of the weights. Nothing can go wrong;
 * values that are not finite stay in and are seen by the optimiser.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { readView } from '../backend/read-view.ts';
import { scope } from '../backend/scope.ts';
import type { Linear } from '../model/linear.ts';
import { embeddingName, type PolicyWeights } from '../model/policy-weights.ts';
import { leftTransposed, transposesFreely } from '../model/products.ts';
import { scatterAddColumns, scatterAddRows } from '../model/rows.ts';
import { transpose } from '../model/transpose.ts';
import type { Gradients, GradientSums, Layout, LinearSum } from './gradients.ts';
import { hostArrays } from './host-arrays.ts';

export class GradientStore implements Gradients {
  readonly #weights: PolicyWeights;
  readonly #linear = new Map<Linear, LinearSum>();
  readonly #direct = new Map<string, Float32Array>();

  constructor(weights: PolicyWeights) {
    this.#weights = weights;
  }

  /** Whether anything was added since the last `clear`. */
  get isEmpty(): boolean {
    return this.#linear.size === 0;
  }

  /**
   * Adds x^T dy, or its transpose. Where transposing costs, the operand with more columns is transposed: the other one is what the backend packs, which costs more.
   * @param x [T, inputs], without the folded scale
   * @param gradient [T, outputs]
   */
  addLinear(linear: Linear, x: tf.Tensor2D, gradient: tf.Tensor2D): void {
    const layout: Layout = !transposesFreely() && linear.inputs >= linear.outputs ? 'inputs-first' : 'outputs-first';
    const [left, right] = layout === 'inputs-first' ? [x, gradient] : [gradient, x];
    scope(() => {
      const values = leftTransposed(left, right);
      const sum = this.#linear.get(linear);
      if (sum === undefined) this.#linear.set(linear, { layout, values: values.dataSync<'float32'>() });
      else addInto(sum.values, readView(values));
    });
  }

  /** After `addLinear` of the same layer. */
  addOutputs(linear: Linear, outputs: Int32Array, gradients: Float32Array): void {
    const { layout, values } = this.#linear.get(linear)!;
    if (layout === 'outputs-first') scatterAddRows(values, linear.inputs, outputs, gradients);
    else scatterAddColumns(values, linear.outputs, outputs, gradients);
  }

  /** Adds to a weight that is no linear layer. */
  addDirect(name: string, values: Float64Array | Float32Array): void {
    addInto(this.#directSum(name), values);
  }

  /** Adds the gradient with regard to embedded tokens. @param gradient [T, width] */
  addEmbedding(tokens: Int32Array, gradient: Float32Array): void {
    scatterAddRows(this.#directSum(embeddingName), this.#weights.config.width, tokens, gradient);
  }

  /** The sums themselves, not copies. */
  sums(): GradientSums {
    const { linears } = this.#weights;
    return { linear: new Map([...this.#linear].map(([linear, sum]) => [linears.indexOf(linear), sum])), direct: this.#direct };
  }

  /** Adds another store's sums, whose arrays it may take over. */
  addSums({ linear, direct }: GradientSums): void {
    for (const [index, sum] of linear) {
      const target = this.#linear.get(this.#weights.linears[index]!);
      if (target === undefined) this.#linear.set(this.#weights.linears[index]!, sum);
      else addInto(target.values, sum.values);
    }
    for (const [name, values] of direct) {
      const target = this.#direct.get(name);
      if (target === undefined) this.#direct.set(name, values);
      else addInto(target, values);
    }
  }

  clear(): void {
    this.#linear.clear();
    this.#direct.clear();
  }

  /** All gradients, under the names and in the layouts of the weights; zero where nothing was added. Gives the sums away: the store is empty afterwards. */
  collect(): Map<string, Float32Array> {
    const gradients = new Map(this.#direct);
    const { linears, tensors } = this.#weights;
    for (const linear of linears) this.#unfold(gradients, linear);
    for (const [name, { data }] of tensors) if (!gradients.has(name)) gradients.set(name, new Float32Array(data.length));
    this.clear();
    return gradients;
  }

  /** With E = W * s (s over inputs): dW = dE * s, ds = sum over outputs of dE * W. In place. */
  #unfold(gradients: Map<string, Float32Array>, linear: Linear): void {
    const sum = this.#linear.get(linear);
    if (sum === undefined) return;
    const { inputs, outputs, inputScale, norm } = linear;
    const all = sum.layout === 'outputs-first' ? sum.values : transpose(sum.values, inputs, outputs);
    const normSum = new Float64Array(inputs);
    let done = 0;
    for (const { name, weight } of linear.parts) {
      const gradient = all.subarray(done, done + weight.length);
      if (inputScale !== null) hostArrays().unfold(gradient, weight, inputScale, normSum);
      addOrPut(gradients, name, gradient);
      done += weight.length;
    }
    if (norm !== null) addOrPut(gradients, norm.name, normSum);
  }

  #directSum(name: string): Float32Array {
    let sum = this.#direct.get(name);
    if (sum === undefined) this.#direct.set(name, (sum = new Float32Array(this.#weights.tensors.get(name)!.data.length)));
    return sum;
  }
}

/** The sums of a step are millions of values: the loop over them must see one type of array alone, or it takes twice as long. */
function addInto(target: Float32Array, values: Float32Array | Float64Array): void {
  hostArrays().add(target, values instanceof Float32Array ? values : Float32Array.from(values));
}

function addOrPut(gradients: Map<string, Float32Array>, name: string, values: Float32Array | Float64Array): void {
  const sum = gradients.get(name);
  if (sum === undefined) gradients.set(name, values instanceof Float32Array ? values : Float32Array.from(values));
  else addInto(sum, values);
}
