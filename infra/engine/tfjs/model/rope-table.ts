/**
 * Cosines and sines of the rotary embedding (Su et al. 2021), float32 as Hugging Face computes them. In: positions. Out: for
 * position p and pair i the angle p * theta^(-2i / headDim). Grows as positions are asked for. Nothing can go wrong.
 */
export class RopeTable {
  /** headDim / 2 */
  readonly half: number;
  readonly #theta: number;
  #positions = 0;
  #cosines = new Float32Array(0);
  #sines = new Float32Array(0);

  constructor(headDim: number, theta: number) {
    this.half = headDim / 2;
    this.#theta = theta;
  }

  /** [positions, half] each, for at least `positions` positions. */
  upTo(positions: number): { readonly cosines: Float32Array; readonly sines: Float32Array } {
    if (positions > this.#positions) this.#grow(Math.max(positions, 2 * this.#positions, 256));
    return { cosines: this.#cosines, sines: this.#sines };
  }

  #grow(positions: number): void {
    const { half } = this;
    const frequencies = Float32Array.from({ length: half }, (_, i) => this.#theta ** (-i / half));
    this.#cosines = new Float32Array(positions * half);
    this.#sines = new Float32Array(positions * half);
    for (let position = 0; position < positions; position++) {
      for (let i = 0; i < half; i++) {
        const angle = Math.fround(position * frequencies[i]!);
        this.#cosines[position * half + i] = Math.cos(angle);
        this.#sines[position * half + i] = Math.sin(angle);
      }
    }
    this.#positions = positions;
  }
}
