/**
 * Where the tokens of a text lie in it. In: the text, its tokens and the tokenizer. Out: a place for each token, as far as the text can be followed: where a tokenizer changes what it
 * encodes, the places end. Nothing can go wrong.
 */
import type { Tokenizer } from '../ports/tokenizer.ts';
import type { Span } from './word-spans.ts';

/** White space before a word belongs to its first token. */
export interface TokenSpan extends Span {
  /** False for the tokens that together make a character: they share its place. */
  readonly whole: boolean;
}

/** Tokens that one character may take, at most. */
const mostPieces = 16;

export function tokenSpans(text: string, tokens: readonly number[], tokenizer: Pick<Tokenizer, 'decode'>): TokenSpan[] {
  const spans: TokenSpan[] = [];
  let end = 0; // of the last place
  let pieces: number[] = []; // tokens without a place yet
  for (const token of tokens) {
    pieces.push(token);
    const next = endOf(text, end, tokenizer.decode(pieces));
    if (next === null && pieces.length < mostPieces) continue;
    if (next === null) break;
    const span = { start: end, end: next, whole: pieces.length === 1 };
    for (let i = 0; i < pieces.length; i++) spans.push(span);
    end = next;
    pieces = [];
  }
  return spans;
}

/** End of `decoded`, which begins at `at`; a decoder may leave out the space that begins a token. Null where it does not stand there. */
function endOf(text: string, at: number, decoded: string): number | null {
  if (decoded === '') return null;
  if (text.startsWith(decoded, at)) return at + decoded.length;
  return text[at] === ' ' && text.startsWith(decoded, at + 1) ? at + 1 + decoded.length : null;
}
