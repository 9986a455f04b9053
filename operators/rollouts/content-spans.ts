/**
 * In: a paragraph. Out: the spans of it that carry content, by a heuristic that sees the text alone: names (capitalised words not at
 * the start of a sentence, up to three in a row) and numbers. Offsets are UTF-16. Nothing can go wrong; a text may have none.
 */
import { drawInt } from '../flow/seeds.ts';
import { wordSpans, type Span } from './word-spans.ts';

export type ContentKind = 'name' | 'number';

export interface ContentSpan extends Span {
  readonly kind: ContentKind;
}

const maxNameWords = 3;
/** How often each kind is drawn where a text has both. */
const kindWeights: readonly (readonly [ContentKind, number])[] = [
  ['name', 0.7],
  ['number', 0.3],
];

/** Content spans in the order of the text; none overlaps another. */
export function contentSpans(text: string): ContentSpan[] {
  const words = wordSpans(text);
  const spans: ContentSpan[] = [];
  let nameWords = 0; // words of the name that ends at the word before
  words.forEach((word, i) => {
    const own = textOf(text, word);
    const before = text.slice(words[i - 1]?.end ?? 0, word.start);
    const isName = /^\p{Lu}/u.test(own) && i > 0 && !/[.!?:]["'”’)\]]*\s+["'“‘([]*$/u.test(before);
    const last = spans.at(-1);
    if (isName && nameWords > 0 && nameWords < maxNameWords && (before === ' ' || before === '-') && last !== undefined) {
      spans[spans.length - 1] = { ...last, end: word.end };
      nameWords += 1;
      return;
    }
    nameWords = isName ? 1 : 0;
    if (isName) spans.push({ ...word, kind: 'name' });
    else if (/^\p{N}/u.test(own)) spans.push({ ...word, kind: 'number' });
  });
  return spans;
}

/** One of the spans: a kind first (by weight, among those there are), then uniformly one of that kind. Null where there are none. */
export function drawContentSpan(spans: readonly ContentSpan[], draw: () => number): ContentSpan | null {
  const kinds = kindWeights.filter(([kind]) => spans.some((span) => span.kind === kind));
  let rest = draw() * kinds.reduce((sum, [, weight]) => sum + weight, 0);
  const kind = kinds.find(([, weight]) => (rest -= weight) < 0)?.[0] ?? kinds.at(-1)?.[0];
  const own = spans.filter((span) => span.kind === kind);
  return own.length === 0 ? null : own[drawInt(draw, own.length)]!;
}

function textOf(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}
