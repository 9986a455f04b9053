/** Keys and values of one sample's own tokens, on the host, growing as it does. Nothing can go wrong. */
import type { ModelConfig } from '../../model-files/model-config.ts';
import type { Heads } from '../model/heads.ts';

const firstCapacity = 16; // tokens

export class SuffixCache {
  readonly #kvHeads: number;
  readonly #headDim: number;
  /** By layer: [tokens, K, D]. */
  readonly #keys: Float32Array[];
  readonly #values: Float32Array[];

  constructor({ layers, kvHeads, headDim }: ModelConfig) {
    const empty = (): Float32Array => new Float32Array(firstCapacity * kvHeads * headDim);
    this.#kvHeads = kvHeads;
    this.#headDim = headDim;
    this.#keys = Array.from({ length: layers }, empty);
    this.#values = Array.from({ length: layers }, empty);
  }

  /** Takes row `row` of the heads as token `index` of the sample. */
  put(layer: number, index: number, heads: Heads, row: number): void {
    const size = this.#kvHeads * this.#headDim;
    const keys = grownTo((index + 1) * size, this.#keys, layer);
    const values = grownTo((index + 1) * size, this.#values, layer);
    for (let head = 0; head < this.#kvHeads; head++) {
      const from = (head * heads.tokens + row) * this.#headDim;
      const to = index * size + head * this.#headDim;
      for (let i = 0; i < this.#headDim; i++) {
        keys[to + i] = heads.key[from + i]!;
        values[to + i] = heads.value[from + i]!;
      }
    }
  }

  /** [tokens, K, D], longer than what was put. */
  keys(layer: number): Float32Array {
    return this.#keys[layer]!;
  }

  values(layer: number): Float32Array {
    return this.#values[layer]!;
  }
}

function grownTo(size: number, arrays: Float32Array[], layer: number): Float32Array {
  const old = arrays[layer]!;
  if (old.length >= size) return old;
  const grown = new Float32Array(Math.max(size, 2 * old.length));
  grown.set(old);
  arrays[layer] = grown;
  return grown;
}
