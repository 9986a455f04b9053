/** Products by the kernels, or by the native library where it is loaded, to the same bits, on packed matrices. In: kernels and their memory, where the matrices are. Nothing can go wrong. A row's result does not depend on the rows beside it. */
import { nativeMultiply } from '../backend/fused-ops.ts';
import type { Kernels } from './kernels/open-kernels.ts';
import type { WasmMemory } from './kernels/web-assembly.ts';
import type { PackedMatrix } from './packed-model.ts';
import type { Products } from './products.ts';

/** With more rows their activations leave the cache. */
export const kernelRows = 64;

export class KernelProducts implements Products {
  readonly rowsAtOnce = kernelRows;
  readonly #kernels: Kernels;
  readonly #native = nativeMultiply();
  readonly #memory: WasmMemory;
  readonly #packed: readonly PackedMatrix[];
  #floats: Float32Array = new Float32Array(0);

  constructor(kernels: Kernels, memory: WasmMemory, packed: readonly PackedMatrix[]) {
    this.#memory = memory;
    this.#kernels = kernels;
    this.#packed = packed;
  }

  multiply(matrix: number, x: number, strideX: number, rows: number, y: number, strideY: number, adds: boolean): void {
    if (rows === 0) return;
    const { address, inputs, panels } = this.#packed[matrix]!;
    if (this.#native === null) this.#kernels[adds ? 'multiplyAdd' : 'multiply'](x, 4 * strideX, rows, inputs, address, panels, y, 4 * strideY);
    else this.#native(this.#view(), x / 4, strideX, rows, inputs, address / 4, panels, y / 4, strideY, adds ? 1 : 0);
  }

  /** Of all the memory, which grows. */
  #view(): Float32Array {
    const { buffer } = this.#memory;
    if (this.#floats.byteLength !== buffer.byteLength) this.#floats = new Float32Array(buffer);
    return this.#floats;
  }
}
