/** In: a masked passage with its paragraph, how often it was solved, and what is known of the corpus. Out: what was picked, in figures. Pure. */
import { spanClass } from '../evaluation/span-class.ts';
import type { LabelledSpan } from '../evaluation/held-out-items.ts';
import { wordSpans } from '../rollouts/word-spans.ts';
import { spanKind, type PickedText, type SpanKind } from './span-kind.ts';

export interface Pick {
  readonly text: string;
  /** Null where the corpus has no labels. */
  readonly spanClass: string | null;
  readonly kind: SpanKind;
  readonly words: number;
  /** Where it begins, as a share of the paragraph, in [0, 1). */
  readonly position: number;
  /** Of its rarest word, bits; null for a mask without words. */
  readonly rarity: number | null;
  /** Right predictions, of how many. */
  readonly solved: number;
  readonly attempts: number;
}

export interface PickedMask {
  readonly paragraph: PickedText;
  readonly maskText: string;
  /** UTF-16 offsets of what was hidden. */
  readonly spanStarts: readonly number[];
  readonly solved: number;
  readonly attempts: number;
}

export interface PickContext {
  /** Labelled spans of a paragraph by its text; null for a corpus without labels. */
  readonly labels: ReadonlyMap<string, readonly LabelledSpan[]> | null;
  readonly rarity: (text: string) => number | null;
}

export function describePick({ paragraph, maskText, spanStarts, solved, attempts }: PickedMask, { labels, rarity }: PickContext): Pick {
  const hidden = spanStarts.map((start) => ({ start, end: start + maskText.length }));
  const first = hidden[0] ?? { start: 0, end: 0 };
  return {
    text: maskText,
    spanClass: labels === null ? null : spanClass(hidden, labels.get(paragraph.text) ?? []),
    kind: spanKind(paragraph, first),
    words: wordSpans(maskText).length,
    position: first.start / Math.max(1, paragraph.text.length),
    rarity: rarity(maskText),
    solved,
    attempts,
  };
}
