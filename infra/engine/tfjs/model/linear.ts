/**
 * A linear layer y = (x * s) W^T on the device, W of Hugging Face's shape [out, in], s the weight of the RMSNorm before it,
 * folded in so that it costs no operation. Several W may stand side by side. In: views of the host's weights, which
 * may change; `invalidate` must be called then. Out: both operand orders, so that no product has a transposed operand.
 */
import * as tf from '@tensorflow/tfjs-core';
import { scope } from '../backend/scope.ts';
import { transposesFreely } from './products.ts';
import { transposeInto } from './transpose.ts';

export interface LinearPart {
  /** [outputs, inputs] */
  readonly weight: Float32Array;
  readonly outputs: number;
}

export class Linear {
  readonly inputs: number;
  readonly outputs: number;
  readonly parts: readonly LinearPart[];
  /** Weight of the norm before the layer, [inputs]. */
  readonly inputScale: Float32Array | null;
  #forward: tf.Tensor2D | null = null;
  #backward: tf.Tensor2D | null = null;

  constructor(inputs: number, parts: readonly LinearPart[], inputScale: Float32Array | null) {
    this.inputs = inputs;
    this.parts = parts;
    this.inputScale = inputScale;
    this.outputs = parts.reduce((sum, part) => sum + part.outputs, 0);
  }

  /** [inputs, outputs]: y = x * forward. */
  get forward(): tf.Tensor2D {
    return (this.#forward ??= scope(() => tf.keep(this.#inputsFirst())));
  }

  /** [outputs, inputs]: dx = dy * backward. */
  get backward(): tf.Tensor2D {
    return (this.#backward ??= tf.keep(tf.tensor2d(this.#scaled(), [this.outputs, this.inputs])));
  }

  /** The host's weights changed: what is on the device is made anew when it is next needed. */
  invalidate(): void {
    this.#forward?.dispose();
    this.#backward?.dispose();
    this.#forward = null;
    this.#backward = null;
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
