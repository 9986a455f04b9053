/**
 * In: a paragraph made from Wikipedia. Out: null where it is prose that can be learned from, or why not. The last line of defence: whatever markup
 * the steps before did not foresee is caught here. Never throws.
 */
import { hole } from './hole.ts';

export type Unclean = 'hole' | 'markup' | 'address' | 'fragment' | 'unbalanced' | 'not-prose' | 'disambiguation';

const markup =
  /\{\{|\}\}|\[\[|\]\]|\{\||\|\}|\||<\/?[a-z!]|={2,}|''|\(\s*\)|\[\s*\]|\( | \)| ,| ;| \.(?![\d.])|,,|;;|&#?\w{1,10};|__[A-Z]+__|\uFFFD|-\{|\}-|\b(?:thumb|left|right)\|/iu;
const address = /https?:|www\.|\w@\w+\.\w/i;
const badStart = /^[*#:;|!,.)\]}/–—-]/;
/** The first sentence of a page that tells names apart; within a text the words are prose. */
const disambiguation = /^[^.,;:]{1,80} may (?:also )?refer to\b/i;
/** The end of a sentence whose beginning stood before a formula or a list. */
const cutStart = /^(?:where|and|or|but|which|that|with|such that|for which|had|is|are|was|were)\b/;
/** Letters and digits of scripts that end sentences with a point, and marks that never end one. */
const badEnd = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N},;:(\[{–—/=+*-]$/u;
const minLetterShare = 0.6;

export function whyUnclean(text: string): Unclean | null {
  if (text.includes(hole)) return 'hole';
  if (disambiguation.test(text)) return 'disambiguation';
  if (markup.test(text) || badStart.test(text)) return 'markup';
  if (address.test(text)) return 'address';
  if (badEnd.test(text) || cutStart.test(text)) return 'fragment';
  if (!isBalanced(text)) return 'unbalanced';
  return letterShare(text) < minLetterShare ? 'not-prose' : null;
}

export function isCleanProse(text: string): boolean {
  return whyUnclean(text) === null;
}

function isBalanced(text: string): boolean {
  let round = 0;
  let square = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x28) round++;
    else if (code === 0x29) round--;
    else if (code === 0x5b) square++;
    else if (code === 0x5d) square--;
    if (round < 0 || square < 0) return false;
  }
  return round === 0 && square === 0;
}

/** Of all but spaces. Beyond ASCII and the punctuation blocks, every character counts as a letter. */
function letterShare(text: string): number {
  let letters = 0;
  let others = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x20) continue;
    const lower = code | 0x20;
    const letter = code < 0x80 ? lower >= 0x61 && lower <= 0x7a : code >= 0xaa && (code < 0x2000 || code > 0x2bff) && (code < 0x3000 || code > 0x3030);
    if (letter) letters++;
    else others++;
  }
  return letters / Math.max(1, letters + others);
}
