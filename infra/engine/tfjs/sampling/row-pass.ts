/**
 * What the threads of sampling are asked to do together, in memory that they share. Rows are tokens on their way through the layers; outputs are rows whose hidden state is
 * wanted; draws are tokens to be sampled from an output's distribution. In: an arena. Out: views to be filled and read. Wrong: OUT_OF_MEMORY.
 */
import type { Arena } from './arena.ts';
import type { WasmMemory } from './kernels/web-assembly.ts';

/** Columns of the table of rows, one number a row each. */
export const rowFields = ['token', 'position', 'block', 'slot', 'segments', 'output'] as const;
export type RowField = (typeof rowFields)[number];

/** `output` of a row whose hidden state nobody wants. */
export const noOutput = 0xffffffff;

/** Plain numbers, which go to the other threads as they are. */
export interface RowPass {
  /** `layers` may take rows that see each other, `decode` rows that do not, with a draw for each; `draw` takes outputs that are there. */
  readonly kind: 'layers' | 'decode' | 'draw';
  /** Rows, or outputs to draw from. */
  readonly count: number;
  readonly temperature: number;
  /** Most positions that a row sees. */
  readonly longest: number;
  /** Whether hidden states of a `decode` are looked at: they need not leave a device otherwise. */
  readonly readsHidden?: boolean;
}

export interface PassPlaces {
  readonly capacity: number;
  readonly rows: number;
  /** [capacity, padded width] */
  readonly hidden: number;
  /** [capacity + 1]: draws of output o are those from drawsFrom[o] to drawsFrom[o + 1]. */
  readonly drawsFrom: number;
  /** [capacity], float64 in [0, 1); negative takes the most probable token. */
  readonly uniforms: number;
  readonly tokens: number;
  readonly logprobs: number;
}

/** @param capacity rows, outputs and draws of a pass; @param stride floats of a hidden state */
export function placePass(arena: Arena, capacity: number, stride: number): PassPlaces {
  return {
    capacity,
    rows: arena.allocate(4 * capacity * rowFields.length),
    hidden: arena.allocate(4 * capacity * stride),
    drawsFrom: arena.allocate(4 * (capacity + 1)),
    uniforms: arena.allocate(8 * capacity),
    tokens: arena.allocate(4 * capacity),
    logprobs: arena.allocate(4 * capacity),
  };
}

/** Views of a pass, to be made anew after the memory has grown. */
export class PassViews {
  readonly floats: Float32Array;
  readonly words: Uint32Array;
  readonly uniforms: Float64Array;
  readonly #places: PassPlaces;

  constructor(memory: WasmMemory, places: PassPlaces) {
    const { buffer } = memory;
    this.floats = new Float32Array(buffer);
    this.words = new Uint32Array(buffer);
    this.uniforms = new Float64Array(buffer, places.uniforms, places.capacity);
    this.#places = places;
  }

  row(field: RowField): Uint32Array {
    const { rows, capacity } = this.#places;
    const start = rows / 4 + rowFields.indexOf(field) * capacity;
    return this.words.subarray(start, start + capacity);
  }

  get drawsFrom(): Uint32Array {
    const { drawsFrom, capacity } = this.#places;
    return this.words.subarray(drawsFrom / 4, drawsFrom / 4 + capacity + 1);
  }

  get tokens(): Uint32Array {
    const { tokens, capacity } = this.#places;
    return this.words.subarray(tokens / 4, tokens / 4 + capacity);
  }

  get logprobs(): Float32Array {
    const { logprobs, capacity } = this.#places;
    return this.floats.subarray(logprobs / 4, logprobs / 4 + capacity);
  }
}
