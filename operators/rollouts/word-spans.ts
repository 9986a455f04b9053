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

/** Whether a word boundary lies at an offset of the text; at both of its ends there is one. The text is looked at around the offset alone. */
export function isWordBoundary(text: string): (offset: number) => boolean {
  const segments = segmenter.segment(text);
  return (offset) => offset === text.length || segments.containing(offset)?.index === offset;
}
