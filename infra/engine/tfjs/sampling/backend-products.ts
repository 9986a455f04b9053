/**
 * Products by the TensorFlow.js backend, on the matrices that training has there. In: the memory of sampling, the model. Wrong: OUT_OF_MEMORY. A native library may sum a row in
 * another order when other rows are beside it: results then agree to about 1e-6, not to the bit.
 */
import * as tf from '@tensorflow/tfjs-core';
import { scope } from '../backend/scope.ts';
import type { Linear } from '../model/linear.ts';
import type { PolicyWeights } from '../model/policy-weights.ts';
import type { WasmMemory } from './kernels/web-assembly.ts';
import { modelMatrices } from './matrices.ts';
import { paddedColumns } from './packed-model.ts';
import type { Products } from './products.ts';

export class BackendProducts implements Products {
  readonly rowsAtOnce = 512;
  readonly #memory: WasmMemory;
  readonly #matrices: readonly (readonly Linear[])[];

  constructor(memory: WasmMemory, weights: PolicyWeights) {
    this.#memory = memory;
    this.#matrices = modelMatrices(weights).all;
  }

  multiply(matrix: number, x: number, strideX: number, rows: number, y: number, strideY: number, adds: boolean): void {
    if (rows === 0) return;
    const floats = new Float32Array(this.#memory.buffer);
    const linears = this.#matrices[matrix]!;
    const { inputs } = linears[0]!;
    scope(() => {
      const input = tf.tensor2d(denseRows(floats, x / 4, strideX, rows, inputs), [rows, inputs]);
      let column = y / 4;
      for (const { forward, outputs } of linears) {
        putRows(tf.matMul(input, forward).dataSync<'float32'>(), outputs, floats, column, strideY, adds);
        column += paddedColumns(outputs);
      }
    });
  }
}

/** [rows, columns], copied: the backend takes no shared memory. */
function denseRows(floats: Float32Array, start: number, stride: number, rows: number, columns: number): Float32Array {
  const dense = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) dense.set(floats.subarray(start + row * stride, start + row * stride + columns), row * columns);
  return dense;
}

function putRows(source: Float32Array, columns: number, floats: Float32Array, start: number, stride: number, adds: boolean): void {
  for (let row = 0; row * columns < source.length; row++) {
    const from = source.subarray(row * columns, (row + 1) * columns);
    const to = start + row * stride;
    if (adds) for (let i = 0; i < columns; i++) floats[to + i]! += from[i]!;
    else floats.set(from, to);
  }
}
