import type { CorpusParagraph } from '../../schemas/records/corpus-paragraph.ts';
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';

/** JSON value that says where a corpus stands; reopening there gives exactly the items that would have followed. */
export type CorpusPosition = { readonly [key: string]: unknown };

export type CorpusItem =
  | { readonly kind: 'paragraph'; readonly paragraph: CorpusParagraph }
  | { readonly kind: 'dead-letter'; readonly letter: DeadLetter };

/** A corpus read with bounded memory. Pulls: nothing is read before `next` is called. */
export interface ParagraphReader extends AsyncIterator<CorpusItem, undefined> {
  /** The position after the last item that `next` gave. */
  position(): CorpusPosition;
  close(): Promise<void>;
}

export interface ParagraphSource {
  /** Errors: CORPUS_NOT_FOUND, CORPUS_EMPTY (after the last file), NETWORK_FAILED. */
  open(from?: CorpusPosition): Promise<ParagraphReader>;
}
