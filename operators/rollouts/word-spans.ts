/**
 * Words of a text by Unicode word boundaries (UAX 29). In: any text. Out: UTF-16 offsets. Nothing can go wrong.
 */

export interface Span {
  readonly start: number; // UTF-16 offset
  readonly end: number; // exclusive
}

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** The words in order: segments with a letter or digit; punctuation and white space lie between them. */
export function wordSpans(text: string): Span[] {
  const words: Span[] = [];
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (isWordLike === true) words.push({ start: index, end: index + segment.length });
  }
  return words;
}

/** Offsets at which a word boundary lies, both ends of the text among them. */
export function wordBoundaries(text: string): Set<number> {
  const boundaries = new Set([0, text.length]);
  for (const { index } of segmenter.segment(text)) boundaries.add(index);
  return boundaries;
}
