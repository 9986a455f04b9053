/**
 * In: a paragraph, a token count and the limits. Out: pieces of whole sentences, each within the limits; what is too short or a single sentence over
 * the limit is counted and left out. Pieces are filled from the front. Never throws.
 */
import { splitSentences } from './split-sentences.ts';

export interface TokenLimits {
  readonly minTokens: number;
  readonly maxTokens: number;
}

export interface CutPieces {
  readonly pieces: readonly { readonly text: string; readonly tokenCount: number }[];
  readonly tooShort: number; // pieces left out
  readonly tooLong: number; // sentences left out
}

const charactersPerToken = 30; // more than any tokenizer takes in, on average: a bound that spares tokenising what cannot fit

/** @param countTokens of a text by the model's tokenizer, without special tokens. */
export function cutAtSentences(paragraph: string, countTokens: (text: string) => number, limits: TokenLimits): CutPieces {
  const whole = paragraph.length > limits.maxTokens * charactersPerToken ? Infinity : countTokens(paragraph);
  if (whole <= limits.maxTokens) {
    return whole < limits.minTokens
      ? { pieces: [], tooShort: 1, tooLong: 0 }
      : { pieces: [{ text: paragraph, tokenCount: whole }], tooShort: 0, tooLong: 0 };
  }
  const pieces: { text: string; tokenCount: number }[] = [];
  let tooShort = 0;
  let tooLong = 0;
  let open: string[] = [];
  let estimate = 0; // sum of the sentences' counts
  const close = (): void => {
    if (open.length === 0) return;
    let text = open.join('').trim();
    let tokenCount = countTokens(text);
    const over: string[] = [];
    while (tokenCount > limits.maxTokens && open.length > 1) {
      over.unshift(open.pop()!);
      text = open.join('').trim();
      tokenCount = countTokens(text);
    }
    if (tokenCount > limits.maxTokens) tooLong++;
    else if (tokenCount < limits.minTokens) tooShort++;
    else pieces.push({ text, tokenCount });
    open = over;
    estimate = over.reduce((sum, sentence) => sum + countTokens(sentence), 0);
  };
  for (const sentence of splitSentences(paragraph)) {
    const count = sentence.length > limits.maxTokens * charactersPerToken ? Infinity : countTokens(sentence.trim());
    if (count > limits.maxTokens) {
      close();
      while (open.length > 0) close();
      tooLong++;
      continue;
    }
    if (estimate + count > limits.maxTokens) close();
    open.push(sentence);
    estimate += count;
  }
  while (open.length > 0) close();
  return { pieces, tooShort, tooLong };
}
