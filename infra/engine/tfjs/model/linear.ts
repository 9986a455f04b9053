/**
 * A linear layer y = (x * s) W^T on the device, W of Hugging Face's shape [out, in], s the weight of the RMSNorm before it,
 * folded in so that it costs no operation. Several W may stand side by side, and an adapter is added to its W on the device: the layer costs what it would without. In: views
 * of the host's weights, which may change; `invalidate` must be called then. Out: both operand orders, so that no product has a transposed operand.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { WeightAdapter } from '../../model-files/adapter/adapter.ts';
import { scope } from '../backend/scope.ts';
import { LowRank } from './low-rank.ts';
import { transposesFreely } from './products.ts';
import { transposeInto } from './transpose.ts';

export interface LinearPart {
  /** Of the weight, as Hugging Face has it. */
  readonly name: string;
  /** [outputs, inputs] */
  readonly weight: Float32Array;
  readonly outputs: number;
  readonly adapter: WeightAdapter | null;
}

/** The weight of an RMSNorm, [inputs]. */
export interface NormWeight {
  readonly name: string;
  readonly weight: Float32Array;
}

export class Linear {
  readonly inputs: number;
  readonly outputs: number;
  readonly parts: readonly LinearPart[];
  /** The norm before the layer. */
  readonly norm: NormWeight | null;
  /** The adapters of the parts; null where none has one. */
  readonly lowRank: LowRank | null;
  #forward: tf.Tensor2D | null = null;
  #backward: tf.Tensor2D | null = null;

  constructor(inputs: number, parts: readonly LinearPart[], norm: NormWeight | null) {
    this.inputs = inputs;
    this.parts = parts;
    this.norm = norm;
    this.outputs = parts.reduce((sum, part) => sum + part.outputs, 0);
    this.lowRank = parts.some(({ adapter }) => adapter !== null) ? new LowRank(inputs, parts, this.inputScale) : null;
  }

  /** Weight of the norm before the layer, [inputs]. */
  get inputScale(): Float32Array | null {
    return this.norm?.weight ?? null;
  }

  /** [inputs, outputs]: y = x * forward. */
  get forward(): tf.Tensor2D {
    return (this.#forward ??= scope(() => this.#adapted(this.#inputsFirst(), (lowRank) => lowRank.forward())));
  }

  /** [outputs, inputs]: dx = dy * backward. */
  get backward(): tf.Tensor2D {
    return (this.#backward ??= scope(() => this.#adapted(tf.tensor2d(this.#scaled(), [this.outputs, this.inputs]), (lowRank) => lowRank.backward())));
  }

  /** A row of `backward`, from the host, of a layer of one part and without an adapter. @param target [inputs] */
  readOutput(output: number, target: Float32Array): void {
    const { weight } = this.parts[0]!;
    const scale = this.inputScale;
    const start = output * this.inputs;
    for (let i = 0; i < this.inputs; i++) target[i] = scale === null ? weight[start + i]! : weight[start + i]! * scale[i]!;
  }

  /** The host's weights changed: what is on the device is made anew when it is next needed. */
  invalidate(): void {
    this.#forward?.dispose();
    this.#backward?.dispose();
    this.lowRank?.invalidate();
    this.#forward = null;
    this.#backward = null;
  }

  #adapted(weight: tf.Tensor2D, product: (lowRank: LowRank) => tf.Tensor2D): tf.Tensor2D {
    return tf.keep(this.lowRank === null ? weight : tf.add(weight, product(this.lowRank)));
  }

  /** What `forward` holds, made on the host: [inputs, outputs]. */
  onHost(): Float32Array {
    const target = this.#transposed();
    this.lowRank?.addTo(target);
    return target;
  }

  /** Transposed where that is quicker. */
  #inputsFirst(): tf.Tensor2D {
    if (transposesFreely()) return tf.transpose(tf.tensor2d(this.#scaled(), [this.outputs, this.inputs]));
    return tf.tensor2d(this.#transposed(), [this.inputs, this.outputs]);
  }

  #transposed(): Float32Array {
    const target = new Float32Array(this.inputs * this.outputs);
    let offset = 0;
    for (const { weight, outputs } of this.parts) {
      transposeInto(target, offset, this.outputs, weight, outputs, this.inputs, this.inputScale);
      offset += outputs;
    }
    return target;
  }

  #scaled(): Float32Array {
    const target = new Float32Array(this.inputs * this.outputs);
    let offset = 0;
    for (const { weight } of this.parts) {
      target.set(weight, offset);
      offset += weight.length;
    }
    const scale = this.inputScale;
    if (scale === null) return target;
    for (let row = 0; row < target.length; row += scale.length) {
      for (let column = 0; column < scale.length; column++) target[row + column]! *= scale[column]!;
    }
    return target;
  }
}
