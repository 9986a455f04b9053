/**
 * In: the words of a text. Out: a random run of them. The length is geometric, cut at a longest one (SpanBERT: p = 0.2, at most
 * 10 words); the place is uniform among those where that length fits.
 */
import { drawInt, drawTruncatedGeometric } from '../flow/seeds.ts';
import type { Span } from './word-spans.ts';

/** A span from the start of a word to the end of the same or a later word. `words` must not be empty. */
export function drawWordSpan(words: readonly Span[], p: number, maxWords: number, draw: () => number): Span {
  const length = drawTruncatedGeometric(draw, p, Math.min(maxWords, words.length));
  const first = drawInt(draw, words.length - length + 1);
  return { start: words[first]!.start, end: words[first + length - 1]!.end };
}
