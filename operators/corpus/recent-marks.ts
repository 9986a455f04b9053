/**
 * Places to read again from. In: a mark after each candidate. Out: for a place, the latest mark that lies at least `reach` candidates before it. Keeps
 * every 64th mark within reach. Never throws.
 */
import type { CorpusMark } from './corpus-position.ts';

const spacing = 64;

export class RecentMarks {
  readonly #reach: number;
  #marks: CorpusMark[]; // ascending; the first is far enough back for every place to come

  constructor(reach: number, first: CorpusMark) {
    this.#reach = reach;
    this.#marks = [first];
  }

  add(mark: CorpusMark): void {
    if (mark.candidates % spacing === 0) this.#marks.push(mark);
  }

  /** From where to read for the memory to be full at `place`. Places must ascend. */
  start(place: CorpusMark): CorpusMark {
    const latest = this.#marks.findLastIndex((mark) => mark.candidates <= place.candidates - this.#reach);
    if (latest > 0) this.#marks = this.#marks.slice(latest);
    return this.#marks[0]!;
  }
}
