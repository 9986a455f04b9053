/**
 * In: a text and a pair of two-character brackets (`{{ }}`, `[[ ]]`). Out: the outermost matched pairs, in order. A bracket without partner is
 * passed over. One pass, linear. Never throws.
 */
export interface Span {
  readonly start: number; // of the opening bracket
  readonly end: number; // after the closing one
}

export function matchingSpans(text: string, open: string, close: string): Span[] {
  const matched: Span[] = [];
  const opened: number[] = [];
  let nextOpen = text.indexOf(open);
  let nextClose = text.indexOf(close);
  while (nextClose >= 0) {
    if (nextOpen >= 0 && nextOpen < nextClose) {
      opened.push(nextOpen);
      nextOpen = text.indexOf(open, nextOpen + open.length);
      continue;
    }
    const start = opened.pop();
    const end = nextClose + close.length;
    nextClose = text.indexOf(close, end);
    if (start === undefined) continue;
    while (matched.length > 0 && matched.at(-1)!.start > start) matched.pop();
    matched.push({ start, end });
  }
  return matched;
}

/** The text with each outermost pair replaced by what `replace` makes of it (brackets included). */
export function replaceSpans(text: string, spans: readonly Span[], replace: (inner: string, span: Span) => string): string {
  const pieces: string[] = [];
  let kept = 0;
  for (const span of spans) {
    pieces.push(text.slice(kept, span.start), replace(text.slice(span.start, span.end), span));
    kept = span.end;
  }
  pieces.push(text.slice(kept));
  return pieces.join('');
}
