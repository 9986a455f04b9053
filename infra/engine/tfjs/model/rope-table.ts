/**
 * Cosines and sines of the rotary embedding (Su et al. 2021), float32 as Hugging Face computes them. In: inverse frequencies. Out: for
 * position p and pair i those of the angle p * inverse[i], times the attention factor. Grows as positions are asked for. Nothing can go wrong.
 */
import type { ModelConfig } from '../../model-files/model-config.ts';
import { noRopeFrequencies, ropeFrequencies, type RopeFrequencies } from './rope-frequencies.ts';

export class RopeTable {
  /** headDim / 2 */
  readonly half: number;
  readonly #frequencies: RopeFrequencies;
  #positions = 0;
  #cosines = new Float32Array(0);
  #sines = new Float32Array(0);

  constructor(frequencies: RopeFrequencies) {
    this.half = frequencies.inverse.length;
    this.#frequencies = frequencies;
  }

  /** [positions, half] each, for at least `positions` positions. */
  upTo(positions: number): { readonly cosines: Float32Array; readonly sines: Float32Array } {
    if (positions > this.#positions) this.#grow(Math.max(positions, 2 * this.#positions, 256));
    return { cosines: this.#cosines, sines: this.#sines };
  }

  #grow(positions: number): void {
    const { half } = this;
    const { inverse, attentionFactor } = this.#frequencies;
    this.#cosines = new Float32Array(positions * half);
    this.#sines = new Float32Array(positions * half);
    for (let position = 0; position < positions; position++) {
      for (let i = 0; i < half; i++) {
        const angle = Math.fround(position * inverse[i]!);
        this.#cosines[position * half + i] = attentionFactor * Math.cos(angle);
        this.#sines[position * half + i] = attentionFactor * Math.sin(angle);
      }
    }
    this.#positions = positions;
  }
}

/** Of each layer; layers of a kind share theirs. */
export function ropeTables(config: ModelConfig): RopeTable[] {
  const rotating = new RopeTable(ropeFrequencies(config));
  const still = new RopeTable(noRopeFrequencies(config.headDim));
  return Array.from({ length: config.layers }, (_, layer) => (config.noRopeLayers.includes(layer) ? still : rotating));
}
