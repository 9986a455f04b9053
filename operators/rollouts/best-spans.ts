/**
 * Spans of words by how much is in them. In: the words of a text, and a score of each. Out: for a length in words, the runs of so many whose words score highest on average: the given
 * share of them. Runs of one length are compared with each other alone, so that length is drawn as it is for random spans. Nothing can go wrong.
 */
import { drawInt, drawTruncatedGeometric } from '../flow/seeds.ts';
import { topShare } from './top-share.ts';
import type { Span } from './word-spans.ts';

/** @param draw first for the length (geometric, as `drawWordSpan`), then for the place among the best. `words` must not be empty */
export type DrawBestSpan = (draw: () => number) => Span;

export function bestSpans(words: readonly Span[], scores: readonly number[], { spanLengthP, maxSpanWords, topShare: share }: { readonly spanLengthP: number; readonly maxSpanWords: number; readonly topShare: number }): DrawBestSpan {
  const best = new Map<number, readonly number[]>(); // first words by length
  const firstWords = (length: number): readonly number[] => {
    const known = best.get(length);
    if (known !== undefined) return known;
    const all = Array.from({ length: words.length - length + 1 }, (_, first) => first);
    const found = topShare(all, (first) => mean(scores.slice(first, first + length)), share);
    best.set(length, found);
    return found;
  };
  return (draw) => {
    const length = drawTruncatedGeometric(draw, spanLengthP, Math.min(maxSpanWords, words.length));
    const candidates = firstWords(length);
    const first = candidates[drawInt(draw, candidates.length)]!;
    return { start: words[first]!.start, end: words[first + length - 1]!.end };
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
