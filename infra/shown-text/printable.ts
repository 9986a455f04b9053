/** Text of unknown origin, to be looked at. In: any text. Out: the same with what cannot be seen made visible; no escape sequence survives. Nothing can go wrong. */

const named: Readonly<Record<string, string>> = { '\n': '⏎', '\t': '⇥', '\u00a0': '⍽' };
/** Control, format, private, unassigned and separator characters, but for the space; letters and marks that are drawn as nothing; the blank of Braille. */
const invisible = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\t\n]|(?! )\p{Zs}/gu;
/** The same but for line breaks, spaces of other widths, and the choices of a drawing that follow a symbol (variation selectors). */
const invisibleButBreaks = /(?![\n\ufe00-\ufe0f])[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** For prose: line breaks stay, everything else that is not seen is shown by its number. */
export function printable(text: string): string {
  return text.replace(invisibleButBreaks, (letter) => (letter === '\t' ? ' ' : codePoint(letter)));
}

/** For an answer: spaces at its ends, more than one in a row, and all that is not seen are shown. */
export function revealed(text: string): string {
  return text.replace(invisible, (letter) => named[letter] ?? codePoint(letter)).replace(/^ +| +$| {2,}/g, (spaces) => '·'.repeat(spaces.length));
}

/** An answer beside the text that it should be: where two different texts look alike, letters beyond ASCII are shown by their numbers. */
export function revealedAgainst(answer: string, truth: string): string {
  const alike = answer !== truth && look(answer) === look(truth);
  const shown = revealed(answer);
  return alike ? shown.replace(/[^\p{ASCII}⏎⇥⍽·]/gu, codePoint) : shown;
}

function look(text: string): string {
  return text.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '').trim();
}

function codePoint(letter: string): string {
  return `<U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
}
