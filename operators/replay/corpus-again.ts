/**
 * A corpus read again beside a log. In: a reader at the corpus's beginning, and the first ordinal that will be asked for. Out: for each step's cohorts the paragraphs that the corpus gives at their
 * ordinals, and the dead letters that stood before them, as `openCohortReader` hands them out. Steps are asked for in order; what was read beyond one is kept until a later one asks, so memory
 * holds what a run had in flight. Can go wrong: what the corpus throws.
 */
import type { CorpusParagraph } from '../../schemas/records/corpus-paragraph.ts';
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import type { ParagraphReader } from '../ports/paragraph-source.ts';

/** Ordinals of the paragraphs of one cohort: from `first` up to `end`. */
export interface OrdinalRange {
  readonly first: number;
  readonly end: number;
}

export interface CorpusOfStep {
  /** By ordinal; one that the corpus does not have is missing. */
  readonly paragraphs: ReadonlyMap<number, CorpusParagraph>;
  readonly letters: readonly DeadLetter[];
}

export interface CorpusAgain {
  of(step: number, cohorts: readonly OrdinalRange[]): Promise<CorpusOfStep>;
  close(): Promise<void>;
}

interface Read {
  readonly paragraph: CorpusParagraph;
  readonly lettersBefore: readonly DeadLetter[];
}

/** @param perStep paragraphs of a step: where fewer are left after a cohort, the letters at the corpus's end come out with it */
export function corpusAgain(reader: ParagraphReader, perStep: number, firstOrdinal: number): CorpusAgain {
  const reads = new Map<number, Read>();
  let letters: DeadLetter[] = [];
  let [next, ended] = [0, false];
  /** Reads until the paragraphs below an ordinal are there, or the corpus ends. */
  const readTo = async (end: number): Promise<void> => {
    while (next < end && !ended) {
      const { value, done } = await reader.next();
      if (done === true) ended = true;
      else if (value.kind === 'dead-letter') letters.push(value.letter);
      else {
        if (next >= firstOrdinal) reads.set(next, { paragraph: value.paragraph, lettersBefore: letters });
        next += 1;
        letters = [];
      }
    }
  };
  return {
    async of(step, cohorts) {
      const paragraphs = new Map<number, CorpusParagraph>();
      const met: DeadLetter[] = [];
      for (const { first, end } of cohorts) {
        await readTo(end + perStep);
        for (let ordinal = first; ordinal < end; ordinal++) {
          const read = reads.get(ordinal);
          reads.delete(ordinal);
          if (read === undefined) continue;
          paragraphs.set(ordinal, read.paragraph);
          met.push(...read.lettersBefore);
        }
        if (ended && next - end < perStep) met.push(...letters.splice(0));
      }
      return { paragraphs, letters: met.map((letter) => ({ ...letter, step: letter.step ?? step })) };
    },
    close: () => reader.close(),
  };
}
