/**
 * English words that carry grammar rather than content. In: a word as it stands in its text, cut by Unicode's word boundaries. Out: whether it is one. Pure.
 */

/** Articles, pronouns, prepositions, conjunctions, auxiliaries, adverbs of time and degree: a closed list, in lower case. */
export const functionWords: ReadonlySet<string> = new Set(
  ('a an the this that these those it its he him his she her hers they them their theirs we us our ours you your yours i me my mine who whom whose which what ' +
    'of in on at by for from to with without within into onto upon over under above below between among through during before after since until about around against along across behind beside near off out up down per via as than like ' +
    'and or but nor so yet if because although though while whereas unless whether when where why how ' +
    'is are was were be been being am has have had having do does did done will would shall should can could may might must ' +
    "not no there here then thus also too very more most less least only just even both either neither each every all any some such same other another own now still always never often once again cannot won't shan't ain't " +
    'myself yourself himself herself itself oneself ourselves yourselves themselves').split(' '),
);

/** What an apostrophe joins to another word: it's, they've, isn't. */
const joined: ReadonlySet<string> = new Set('s t re ve ll m d'.split(' '));

/**
 * A capital makes a name of a word that does not open a sentence (May, the Who), and two of them of any word (US, IT); I is none.
 * @param opens whether the word begins a sentence
 */
export function isFunctionWord(word: string, opens: boolean): boolean {
  const [base, suffix, ...more] = word.split(/['’]/u);
  const named = /^\p{Lu}/u.test(word) && base !== 'I' && (!opens || /^\p{Lu}{2,}$/u.test(word));
  if (named) return false;
  const lower = word.toLowerCase();
  if (functionWords.has(lower)) return true;
  const stem = base!.toLowerCase();
  if (suffix === undefined || more.length > 0 || !joined.has(suffix.toLowerCase())) return false;
  return functionWords.has(stem) || (suffix === 't' && stem.endsWith('n') && functionWords.has(stem.slice(0, -1)));
}
