/** Products by the kernels, on packed matrices. In: kernels, where the matrices are. Nothing can go wrong. A row's result does not depend on the rows beside it. */
import type { Kernels } from './kernels/open-kernels.ts';
import type { PackedMatrix } from './packed-model.ts';
import type { Products } from './products.ts';

/** With more rows their activations leave the cache. */
export const kernelRows = 64;

export class KernelProducts implements Products {
  readonly rowsAtOnce = kernelRows;
  readonly #kernels: Kernels;
  readonly #packed: readonly PackedMatrix[];

  constructor(kernels: Kernels, packed: readonly PackedMatrix[]) {
    this.#kernels = kernels;
    this.#packed = packed;
  }

  multiply(matrix: number, x: number, strideX: number, rows: number, y: number, strideY: number, adds: boolean): void {
    if (rows === 0) return;
    const { address, inputs, panels } = this.#packed[matrix]!;
    this.#kernels[adds ? 'multiplyAdd' : 'multiply'](x, 4 * strideX, rows, inputs, address, panels, y, 4 * strideY);
  }
}
