/**
 * In: a text and a place in it. Out: the last words of the sentence before that place, at most so many; empty where the place opens a
 * sentence. It is how the short prompts point at a place in a paragraph: by quoting what stands before it. Nothing can go wrong.
 */

const sentenceEnd = /[.!?:]["'”’)\]]*\s/gu;

/** @param at UTF-16 offset @param most words */
export function wordsBefore(text: string, at: number, most: number): string {
  let start = 0;
  for (const match of text.slice(0, at).matchAll(sentenceEnd)) start = match.index + match[0].length;
  const words = text.slice(start, at).split(/\s+/u).filter((word) => word !== '');
  return words.slice(-most).join(' ');
}
