/**
 * As `GradientStore`, with the sums of the linear layers on the device until the step: on a GPU, reading them in each pass costs more than computing them. In and out: as `Gradients`. Wrong:
 * OUT_OF_MEMORY.
 */
import * as tf from '@tensorflow/tfjs-core';
import { scope } from '../backend/scope.ts';
import type { Linear } from '../model/linear.ts';
import type { PolicyWeights } from '../model/policy-weights.ts';
import { GradientStore } from './gradient-store.ts';
import type { Gradients, GradientSums } from './gradients.ts';

export class DeviceGradients implements Gradients {
  readonly #weights: PolicyWeights;
  /** All but the linear layers. */
  readonly #host: GradientStore;
  /** [outputs, inputs] each. */
  readonly #linear = new Map<Linear, tf.Tensor2D>();

  constructor(weights: PolicyWeights) {
    this.#weights = weights;
    this.#host = new GradientStore(weights);
  }

  get isEmpty(): boolean {
    return this.#linear.size === 0;
  }

  addLinear(linear: Linear, x: tf.Tensor2D, gradient: tf.Tensor2D): void {
    this.#add(linear, scope(() => tf.keep(tf.matMul<tf.Tensor2D>(gradient, x, true, false))));
  }

  addOutputs(linear: Linear, outputs: Int32Array, gradients: Float32Array): void {
    const rows = (): tf.Tensor2D => tf.keep(tf.unsortedSegmentSum(tf.tensor2d(gradients, [outputs.length, linear.inputs]), tf.tensor1d(outputs, 'int32'), linear.outputs));
    this.#add(linear, scope(rows));
  }

  addDirect(name: string, values: Float64Array | Float32Array): void {
    this.#host.addDirect(name, values);
  }

  addEmbedding(tokens: Int32Array, gradient: Float32Array): void {
    this.#host.addEmbedding(tokens, gradient);
  }

  /** Whoever adds them to another store gives that store the tensors. */
  sums(): GradientSums {
    const { linears } = this.#weights;
    return { ...this.#host.sums(), device: new Map([...this.#linear].map(([linear, sum]) => [linears.indexOf(linear), sum])) };
  }

  addSums({ device, ...host }: GradientSums): void {
    this.#host.addSums(host);
    for (const [index, sum] of device ?? []) this.#add(this.#weights.linears[index]!, sum);
  }

  clear(): void {
    this.#host.clear();
    tf.dispose([...this.#linear.values()]);
    this.#linear.clear();
  }

  collect(): Map<string, Float32Array> {
    const { linears } = this.#weights;
    const linear = new Map([...this.#linear].map(([each, sum]) => [linears.indexOf(each), { layout: 'outputs-first' as const, values: sum.dataSync<'float32'>() }]));
    this.#host.addSums({ linear, direct: new Map() });
    const gradients = this.#host.collect();
    this.clear();
    return gradients;
  }

  /** Takes the tensor over. */
  #add(linear: Linear, values: tf.Tensor2D): void {
    const sum = this.#linear.get(linear);
    this.#linear.set(linear, sum === undefined ? values : scope(() => tf.keep(tf.add<tf.Tensor2D>(sum, values))));
    if (sum !== undefined) tf.dispose([sum, values]);
  }
}
