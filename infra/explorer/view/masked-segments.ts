/** A paragraph cut where masks begin and end, as they may overlap. In: the text, and the spans of its masks. Out: pieces that make up the text, each with the masks over it. Pure. */
import type { MaskedPassage } from '../../../schemas/records/masked-passage.ts';

export interface Segment {
  readonly text: string;
  /** Indices of the masks that hide it, in order. */
  readonly masks: readonly number[];
  /** Masks whose span begins here. */
  readonly begins: readonly number[];
}

interface Span {
  readonly mask: number;
  readonly start: number;
  readonly end: number;
}

export function maskedSegments(text: string, passages: readonly Pick<MaskedPassage, 'maskIndex' | 'maskText' | 'spanStarts'>[]): Segment[] {
  const spans = passages.flatMap(({ maskIndex, maskText, spanStarts }) => spanStarts.map((start): Span => ({ mask: maskIndex, start, end: Math.min(text.length, start + maskText.length) })));
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])])].filter((cut) => cut >= 0 && cut <= text.length).sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, i) => {
    const over = spans.filter((span) => span.start <= start && span.end > start).sort((a, b) => a.mask - b.mask);
    return { text: text.slice(start, cuts[i + 1]), masks: over.map(({ mask }) => mask), begins: over.filter((span) => span.start === start).map(({ mask }) => mask) };
  });
}
