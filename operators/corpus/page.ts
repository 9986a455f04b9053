/** What the readers of all formats give: pages and dead letters, each with the place right after it. */
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import { fileStart, type ReadPoint } from './byte-stream.ts';

/** How a page's text is written. */
export type Markup =
  | 'wikitext' // MediaWiki source
  | 'extracted' // prose that somebody extracted from wikitext: headings and leftovers may remain
  | 'plain' // paragraphs between blank lines
  | 'question'; // a question and its answer: one paragraph, kept as it is

export interface Page {
  readonly title: string; // empty where the format has none
  readonly pageId: string; // page id, row number or line number
  readonly text: string;
  readonly markup: Markup;
  /** Offset in the stored file: of the page, or of the nearest readable point before it. */
  readonly byteOffset: number;
}

/** A place in a file between two pages. JSON. */
export interface PagePlace extends ReadPoint {
  /** Lines or rows before it; 0 where the format has ids of its own. */
  readonly record: number;
}

export const firstPage: PagePlace = { ...fileStart, record: 0 };

/** `next`: where reading goes on; null: nothing more comes of this file. */
export type PageEvent = { readonly next: PagePlace | null } & (
  | { readonly kind: 'page'; readonly page: Page; readonly start: PagePlace }
  | { readonly kind: 'letter'; readonly letter: DeadLetter }
  /** Read and left out by rule: counted. */
  | { readonly kind: 'left-out'; readonly reason: LeftOutPage }
);

export type LeftOutPage = 'other-namespace' | 'redirect' | 'disambiguation' | 'not-wikitext' | 'empty';

/** The pages of one file from a place on. Errors: NETWORK_FAILED; all else becomes letters. */
export interface PageReader {
  pages(from: PagePlace): AsyncGenerator<PageEvent, void>;
  close(): Promise<void>;
}
