/**
 * In: where a mask hides text, and the labelled spans of the paragraph. Out: the mask's class. Nothing can go wrong.
 */
import type { Span } from '../rollouts/word-spans.ts';
import type { LabelledSpan } from './held-out-items.ts';

/** The class of words that are always the same in their frame. */
export const trivialClass = 'trivial';
/** Of a mask that no labelled span overlaps. */
export const unlabelledClass = 'unlabelled';

/**
 * The class with the most hidden characters. Frame words do not count beside others: a mask is `trivial` only where it hides
 * nothing else that is labelled. Among equals, the class that comes first in the text.
 */
export function spanClass(hidden: readonly Span[], labelled: readonly LabelledSpan[]): string {
  const characters = new Map<string, number>();
  for (const label of [...labelled].sort((a, b) => a.start - b.start)) {
    const overlap = hidden.reduce((sum, span) => sum + overlapOf(span, label), 0);
    if (overlap > 0) characters.set(label.class, (characters.get(label.class) ?? 0) + overlap);
  }
  const telling = [...characters].filter(([name]) => name !== trivialClass);
  const [most] = telling.sort(([, a], [, b]) => b - a);
  return most?.[0] ?? (characters.has(trivialClass) ? trivialClass : unlabelledClass);
}

function overlapOf(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
}
