/** A tensor on the host: row-major, as PyTorch has it. `data.length` is the product of `shape`. */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Weights under their Hugging Face names; a linear layer is [out, in]. */
export type Weights = Map<string, HostTensor>;

/** Number of elements of a shape; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
