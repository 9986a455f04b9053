/** What became of all that was read of a corpus since it was opened. Adds up: nothing is left out without being counted. */
import type { Unclean } from './is-clean-prose.ts';
import type { LeftOutPage } from './page.ts';

export interface CorpusCounts {
  pages: number;
  readonly pagesLeftOut: Record<LeftOutPage, number>;
  readonly unclean: Record<Unclean, number>;
  excluded: number;
  tooShort: number; // below minTokens
  tooLong: number; // single sentences over maxTokens
  duplicates: number;
  letters: number;
  /** Ready to be given; the window being filled included. */
  paragraphs: number;
}

export function emptyCounts(): CorpusCounts {
  return {
    pages: 0,
    pagesLeftOut: { 'other-namespace': 0, redirect: 0, disambiguation: 0, 'not-wikitext': 0, empty: 0 },
    unclean: { hole: 0, markup: 0, address: 0, fragment: 0, unbalanced: 0, 'not-prose': 0, disambiguation: 0 },
    excluded: 0,
    tooShort: 0,
    tooLong: 0,
    duplicates: 0,
    letters: 0,
    paragraphs: 0,
  };
}
