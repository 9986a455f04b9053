/**
 * What a text looks like, where no labels tell its class. In: a text. Out: its kind. A rule of thumb and no parser, the one that the notebooks have: a name has a capital in every word that is no
 * function word, a phrase is of several words, a fragment has no word at all or is a single letter. Pure.
 */
export const surfaceKinds = ['number', 'name', 'function word', 'word', 'phrase', 'fragment'] as const;
export type SurfaceKind = (typeof surfaceKinds)[number];

const functionWords: ReadonlySet<string> = new Set(
  (
    'a an the this that these those it its he she they his her their of in on at to from by with for as and or but so if than then there is are was were be been ' +
    'has have had do does did not no also which who what when where thus into over under about after before between'
  ).split(' '),
);

export function surfaceKind(text: string): SurfaceKind {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  if (/\p{Nd}/u.test(text)) return 'number';
  if (!/\p{L}/u.test(text) || /^.$/su.test(text)) return 'fragment';
  const content = words.filter((word) => !functionWords.has(word.toLowerCase().replace(/^[.,;:]+|[.,;:]+$/g, '')));
  if (content.length === 0) return words.length === 1 ? 'function word' : 'phrase';
  if (content.every((word) => /^\p{Lu}/u.test(word))) return 'name';
  return words.length === 1 ? 'word' : 'phrase';
}
