/** Writes the table of a pass into the shared memory. In: rows with their places in the cache, and draws. Out: the table. Wrong: OUT_OF_MEMORY. */
import type { Arena } from './arena.ts';
import type { CachedRun, TokenPlace } from './cached-run.ts';
import { segmentBytes } from './kernels/attend.ts';
import { noOutput, PassViews, type PassPlaces } from './row-pass.ts';

export interface PassRow {
  readonly token: number;
  readonly position: number;
  readonly place: TokenPlace;
  /** Whose tokens, and those before them, it sees up to its own position. */
  readonly run: CachedRun;
  /** Which of the pass's hidden states is its own; null where it is not wanted. */
  readonly output: number | null;
}

/** Of one output. */
export interface PassDraws {
  /** Each in [0, 1); null takes the most probable token. */
  readonly uniforms: readonly (number | null)[];
}

export class PassWriter {
  readonly #arena: Arena;
  readonly #places: PassPlaces;
  #segments = 0;
  #segmentCapacity = 0;

  constructor(arena: Arena, places: PassPlaces) {
    this.#arena = arena;
    this.#places = places;
  }

  /** Rows of one run stand side by side. @returns the most positions that a row sees */
  rows(rows: readonly PassRow[]): number {
    this.#makeRoom(rows);
    const views = this.#views();
    const [token, position, block, slot, segments, output] = (['token', 'position', 'block', 'slot', 'segments', 'output'] as const).map((field) => views.row(field));
    let longest = 0;
    let listed: CachedRun | null = null;
    let list = this.#segments;
    let end = this.#segments / 4;
    for (const [index, row] of rows.entries()) {
      if (row.run !== listed) {
        listed = row.run;
        list = 4 * end;
        end = row.run.writeSegments(views.words, end);
      }
      token![index] = row.token;
      position![index] = row.position;
      block![index] = row.place.block;
      slot![index] = row.place.slot;
      segments![index] = list;
      output![index] = row.output ?? noOutput;
      if (row.position >= longest) longest = row.position + 1;
    }
    return longest;
  }

  /** Of the outputs from 0 on. */
  draws(outputs: readonly PassDraws[]): void {
    const { drawsFrom, uniforms } = this.#views();
    let draw = 0;
    for (const [output, draws] of outputs.entries()) {
      drawsFrom[output] = draw;
      for (const uniform of draws.uniforms) uniforms[draw++] = uniform ?? -1;
    }
    drawsFrom[outputs.length] = draw;
  }

  /** Hidden state of an output, [stride]. */
  hidden(output: number, stride: number): Float32Array {
    const start = this.#places.hidden / 4 + output * stride;
    return this.#arena.floats.subarray(start, start + stride);
  }

  /** What was drawn. */
  drawn(draw: number): { readonly token: number; readonly logprob: number } {
    return { token: this.#arena.words[this.#places.tokens / 4 + draw]!, logprob: this.#arena.floats[this.#places.logprobs / 4 + draw]! };
  }

  #views(): PassViews {
    return new PassViews(this.#arena.memory, this.#places);
  }

  #makeRoom(rows: readonly PassRow[]): void {
    let wanted = 0;
    let listed: CachedRun | null = null;
    for (const { run } of rows) {
      if (run !== listed) wanted += run.segmentCount;
      listed = run;
    }
    if (wanted <= this.#segmentCapacity) return;
    this.#segmentCapacity = 2 * wanted;
    this.#segments = this.#arena.allocate(segmentBytes * this.#segmentCapacity);
  }
}
