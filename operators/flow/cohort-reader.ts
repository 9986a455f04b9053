/**
 * Reads a corpus a cohort at a time. In: a paragraph source and where to begin. Out: cohorts of paragraphs, the dead letters
 * met on the way, and the position after each cohort. Can go wrong: whatever the source throws, at the cohort that needs
 * what could not be read, never earlier.
 *
 * One step's paragraphs are read ahead, so that the last whole step is known as such before it is trained (its commit
 * must have a checkpoint). Reading ahead never shows: dead letters come out with the cohort whose paragraph they stood
 * before, and the position is the one after the cohort, written as the source's position at some earlier paragraph and
 * the number of paragraphs to skip from there.
 */
import type { CorpusParagraph } from '../../schemas/records/corpus-paragraph.ts';
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import type { CorpusPosition, ParagraphReader, ParagraphSource } from '../ports/paragraph-source.ts';

export interface CorpusCohort {
  readonly paragraphs: readonly CorpusParagraph[];
  readonly letters: readonly DeadLetter[];
  readonly position: CohortPosition;
  /** Fewer than a step's paragraphs are left. */
  readonly exhausted: boolean;
}

/** Where a cohort ended: `skip` paragraphs after the source's position `at` (null: its beginning). */
export interface CohortPosition extends CorpusPosition {
  readonly at: CorpusPosition | null;
  readonly skip: number;
}

/** Before the first paragraph. */
export const corpusStart: CohortPosition = { at: null, skip: 0 };

export interface CohortReader {
  /** The next `count` paragraphs. Where fewer are left: none if `whole`, else those. */
  take(count: number, whole: boolean): Promise<CorpusCohort>;
  close(): Promise<void>;
}

interface Read {
  readonly lettersBefore: readonly DeadLetter[];
  readonly paragraph: CorpusParagraph;
}

/**
 * @param perStep paragraphs of a step: how many are read ahead.
 * @param from a position that `take` gave, or null for the beginning.
 */
export async function openCohortReader(source: ParagraphSource, perStep: number, from: CorpusPosition | null): Promise<CohortReader> {
  const start = asCohortPosition(from);
  const reader = await source.open(start.at ?? undefined);
  const ahead = new ReadAhead(reader);
  let position = start;
  let skipped = false;
  return {
    async take(count, whole) {
      if (!skipped) {
        skipped = true;
        await ahead.fill(start.skip);
        ahead.shift(start.skip);
      }
      await ahead.fill(count);
      const reads = whole && ahead.size < count ? [] : ahead.shift(count);
      const exact = ahead.size === 0 && !ahead.failed ? ahead.position() : null;
      position = exact === null ? { at: position.at, skip: position.skip + reads.length } : { at: exact, skip: 0 };
      await ahead.tryFill(perStep);
      const exhausted = ahead.size < perStep && !ahead.failed;
      const letters = reads.flatMap((read) => read.lettersBefore);
      return {
        paragraphs: reads.map((read) => read.paragraph),
        letters: exhausted ? [...letters, ...ahead.takeTrailingLetters()] : letters,
        position,
        exhausted,
      };
    },
    close: () => reader.close(),
  };
}

function asCohortPosition(from: CorpusPosition | null): CohortPosition {
  if (from === null) return corpusStart;
  const { at, skip } = from as Partial<CohortPosition>;
  return { at: at ?? null, skip: skip ?? 0 };
}

/** A queue of what was read and not yet given out. */
class ReadAhead {
  readonly #reader: ParagraphReader;
  readonly #reads: Read[] = [];
  #letters: DeadLetter[] = [];
  #ended = false;
  #failure: { readonly cause: unknown } | null = null;

  constructor(reader: ParagraphReader) {
    this.#reader = reader;
  }

  get size(): number {
    return this.#reads.length;
  }

  get failed(): boolean {
    return this.#failure !== null;
  }

  position(): CorpusPosition {
    return this.#reader.position();
  }

  /** Reads until `count` paragraphs are there or the corpus ends. Throws what the source threw. */
  async fill(count: number): Promise<void> {
    await this.tryFill(count);
    if (this.#failure !== null && this.size < count) throw this.#failure.cause;
  }

  /** The same, but keeps an error for the next `fill`. */
  async tryFill(count: number): Promise<void> {
    while (this.size < count && !this.#ended && this.#failure === null) {
      try {
        const { value, done } = await this.#reader.next();
        if (done === true) this.#ended = true;
        else if (value.kind === 'dead-letter') this.#letters.push(value.letter);
        else {
          this.#reads.push({ lettersBefore: this.#letters, paragraph: value.paragraph });
          this.#letters = [];
        }
      } catch (cause) {
        this.#failure = { cause };
      }
    }
  }

  shift(count: number): Read[] {
    return this.#reads.splice(0, count);
  }

  takeTrailingLetters(): DeadLetter[] {
    return this.#letters.splice(0);
  }
}
