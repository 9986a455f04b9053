/**
 * What kind of text a mask hides. In: the paragraph with its title, and the hidden span. Out: the first of these that fits. Pure.
 *
 * - `date`: every word is a month, a weekday, a numeral or a word between them (of, the), and one is a month, a weekday or a year from 1000 to 2099.
 * - `number`: every word is a numeral (digits, perhaps with letters: 3rd) or a number word (one ... twenty, thirty ..., hundred, thousand, million).
 * - `function`: every word is one of a closed list: articles, pronouns, prepositions, conjunctions, auxiliaries, adverbs of time and degree.
 * - `name`: at least half of the words that are no function words are names: with a capital and not first in a sentence, or with a capital there and in the title or within another sentence.
 * - `other`.
 */
import { beginsSentence } from '../rollouts/begins-sentence.ts';
import { functionWords } from '../rollouts/function-words.ts';
import { wordSpans, type Span } from '../rollouts/word-spans.ts';
import { monthsAndDays, numberWords } from './word-lists.ts';

export const spanKinds = ['name', 'number', 'date', 'function', 'other'] as const;
export type SpanKind = (typeof spanKinds)[number];

export interface PickedText {
  readonly title: string;
  readonly text: string;
}

export function spanKind(paragraph: PickedText, hidden: Span): SpanKind {
  const words = wordSpans(paragraph.text.slice(hidden.start, hidden.end)).map(({ start, end }) => ({ start: start + hidden.start, end: end + hidden.start }));
  if (words.length === 0) return 'other';
  const texts = words.map(({ start, end }) => paragraph.text.slice(start, end));
  const lower = texts.map((text) => text.toLowerCase());
  const dated = lower.some((text) => monthsAndDays.has(text) || /^[12]\d{3}$/.test(text) && Number(text) < 2100);
  if (dated && lower.every((text) => monthsAndDays.has(text) || isNumeral(text) || text === 'of' || text === 'the')) return 'date';
  if (lower.every((text) => isNumeral(text) || numberWords.has(text))) return 'number';
  if (lower.every((text) => functionWords.has(text))) return 'function';
  const content = words.filter((_, i) => !functionWords.has(lower[i]!));
  const names = content.filter((word) => isName(paragraph, word));
  return 2 * names.length >= content.length ? 'name' : 'other';
}

function isNumeral(text: string): boolean {
  return /^\p{N}/u.test(text);
}

function isName({ title, text }: PickedText, word: Span): boolean {
  const own = text.slice(word.start, word.end);
  if (!/^\p{Lu}/u.test(own)) return false;
  if (!beginsSentence(text, word.start)) return true;
  const same = (whole: string, { start, end }: Span): boolean => whole.slice(start, end) === own;
  return wordSpans(title).some((other) => same(title, other)) || wordSpans(text).some((other) => same(text, other) && !beginsSentence(text, other.start));
}
