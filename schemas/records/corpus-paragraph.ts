import { int32, int53, list, utf8 } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';

export const corpusParagraphFields = {
  text: utf8('Clean prose, NFC, single spaces, no leading or trailing space.'),
  tokenCount: int32('Tokens of `text` by the model tokenizer, without special tokens.', 'tokens'),
  title: utf8('Title of the page, empty where the format has none.'),
  sections: list(utf8('Section title.'), 'Section titles from the outermost inward.'),
  file: utf8('Path or address of the input file.'),
  pageId: utf8('Id of the page in its file: page id, row number or line number.'),
  byteOffset: int53('Byte offset of the page in the (compressed) file, or of the nearest readable point before it.', 'bytes'),
  paragraphIndex: int32('Place of the paragraph within its page, from 0.', 'index'),
  ordinal: int53('Place of the paragraph in the shuffled stream, from 0.', 'index'),
  epoch: int32('How often the corpus was read through before, from 0.', 'epochs'),
} as const;

/** A paragraph as it leaves the corpus, before it is admitted to a step. */
export const corpusParagraph = defineRecord('corpus_paragraph', 1, 'A paragraph of the corpus.', corpusParagraphFields);
export type CorpusParagraph = RecordOf<typeof corpusParagraph>;
