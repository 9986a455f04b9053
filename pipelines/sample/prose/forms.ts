import { adjectives } from '../facts/adjectives.ts';

/** Another way to write a value. `precision`: 3 keeps all of it; a form can be told from one at least as precise. */
interface Form {
  precision: number;
  write: (value: string) => string | undefined; // undefined: this value has no such form
}

const ONES = 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const ODD_ORDINALS: Record<string, string> = { one: 'first', two: 'second', three: 'third', five: 'fifth', eight: 'eighth', nine: 'ninth', twelve: 'twelfth' };

export const forms: Record<string, Form> = {
  same: { precision: 3, write: (value) => value },
  adjective: { precision: 3, write: (value) => adjectives[value.replace(/^the /, '')] },
  words: { precision: 3, write: (value) => ofNumber(value, numberInWords) },
  ordinal: { precision: 3, write: (value) => ofNumber(value, ordinalInWords) },
  next: { precision: 3, write: (value) => ofNumber(value, (n) => String(n + 1)) },
  previous: { precision: 3, write: (value) => ofNumber(value, (n) => (n > 1 ? String(n - 1) : undefined)) },
  ungrouped: { precision: 3, write: (value) => (/^\d,\d{3}$/.test(value) ? value.replace(',', '') : undefined) },
  plural: { precision: 3, write: plural },
  decade: { precision: 2, write: (value) => ofNumber(value, (year) => `${Math.floor(year / 10)}0s`) },
  century: { precision: 1, write: (value) => ofNumber(value, (year) => `${ordinalInFigures(Math.ceil(year / 100))} century`) },
  initial: { precision: 0, write: (value) => /^[a-z]/i.exec(value.replace(/^the /, ''))?.[0].toUpperCase() },
};

/** In: 0 to 999. Out: the number in English words. */
export function numberInWords(n: number): string {
  if (n < 20) return ONES[n]!;
  if (n < 100) return TENS[Math.floor(n / 10)]! + (n % 10 ? `-${ONES[n % 10]!}` : '');
  return `${ONES[Math.floor(n / 100)]!} hundred${n % 100 ? ` and ${numberInWords(n % 100)}` : ''}`;
}

function ordinalInWords(n: number): string {
  const [, head = '', last = ''] = /^(.*?)([a-z]+)$/.exec(numberInWords(n)) ?? [];
  return head + (ODD_ORDINALS[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`));
}

function ordinalInFigures(n: number): string {
  const ending = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

function plural(value: string): string {
  return /s$/.test(value) ? `${value}es` : /[^aeiou]y$/.test(value) ? `${value.slice(0, -1)}ies` : `${value}s`;
}

function ofNumber(value: string, write: (n: number) => string | undefined): string | undefined {
  return /^\d{1,4}$/.test(value) ? write(Number(value)) : undefined;
}
