/** In: a text and the offset (UTF-16) of a word in it. Out: whether the word is the first of a sentence: of the text's, or of one after `.`, `!`, `?` or `:`. Pure. */

export function beginsSentence(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - longestBreak), start);
  return /^["'“‘([\s]*$/u.test(text.slice(0, start)) || sentenceBreak.test(before);
}

const sentenceBreak = /[.!?:]["'”’)\]]*\s+["'“‘([]*$/u;
/** Characters looked back at. */
const longestBreak = 16;
