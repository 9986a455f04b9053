/** Scores of words from scores of tokens. In: words and tokens of a text, a score of each token. Out: of each word the sum over the tokens that it is made of. Nothing can go wrong. */
import type { Span } from './word-spans.ts';

/** Both in the order of the text. */
export function wordScores(words: readonly Span[], tokens: readonly Span[], scores: readonly number[]): number[] {
  let from = 0; // tokens before it end before the word
  return words.map(({ start, end }) => {
    while (from < tokens.length && tokens[from]!.end <= start) from++;
    let sum = 0;
    for (let t = from; t < tokens.length && tokens[t]!.start < end; t++) sum += scores[t]!;
    return sum;
  });
}
