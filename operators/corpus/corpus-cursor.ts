/** A place in the sequence of all candidate paragraphs of a corpus. JSON. */
import { firstPage, type PagePlace } from './page.ts';

export interface CorpusCursor {
  readonly file: number; // in the corpus's order
  readonly place: PagePlace;
  /** Paragraphs of the page at `place` that come before. */
  readonly paragraph: number;
}

export const corpusStart: CorpusCursor = { file: 0, place: firstPage, paragraph: 0 };
