import { elements } from '../facts/elements.ts';
import type { Topic } from './topic.ts';

const PERIOD_ENDS = [2, 10, 18, 36, 54, 86, 118]; // atomic number of the last element of each period

/** In: an atomic number. Out: its place in the periodic table; the group and block only where all agree on them. */
function place(number: number): { period: string; group: string | undefined; block: string | undefined } {
  const row = PERIOD_ENDS.findIndex((end) => number <= end);
  const column = number - (PERIOD_ENDS[row - 1] ?? 0); // from 1
  const length = PERIOD_ENDS[row]! - (PERIOD_ENDS[row - 1] ?? 0);
  const fromEnd = PERIOD_ENDS[row]! - number; // 0 for a noble gas
  const period = String(row + 1);
  if (number === 2) return { period, group: '18', block: 's' };
  if (column <= 2) return { period, group: String(column), block: 's' };
  if (length === 32 && column <= 17) {
    const disputed = column === 3 || column === 17;
    return { period, group: undefined, block: disputed ? undefined : 'f' };
  }
  const group = 18 - fromEnd;
  return { period, group: String(group), block: group >= 13 ? 'p' : 'd' };
}

export const element: Topic = {
  name: 'element', noun: 'element', plural: 'chemical elements', look: 'lower-case', columns: ['name', 'symbol', 'family', 'state', 'discoverer', 'year'], rows: elements,
  derive: (_, index) => ({ number: String(index + 1), ...place(index + 1) }),
  identifying: ['symbol', 'number'],
  leads: ['@ is a chemical element with the symbol {symbol} and atomic number {number}.', '@ is the chemical element with atomic number {number}; its symbol is {symbol}.'],
  frames: [
    'The symbol of @ is {symbol}.',
    '[Chemists|Textbooks] write @ as {symbol}.',
    '$ has {number} protons in its nucleus.',
    'The atomic number of @ is {number}.',
    'In the periodic table $ [stands|is found] in group {group} and period {period}.',
    '@ belongs to period {period} of the table.',
    'The group of @ has the number {group}.',
    '$ is a {family}.',
    '[Chemists|Textbooks] count @ as a {family}.',
    'At room temperature $ is a {state}.',
    'In a warm room @ is [seen|found] as a {state}.',
    '$ is part of the {block}-block.',
    'The block of @ is the {block}-block.',
    'Its discovery is credited to {discoverer}.',
    '{discoverer} is named as the discoverer of @.',
    '$ was discovered in {year}.',
    'The year of its discovery is [given|noted] as {year}.',
  ],
  restate: [
    '[So|Thus] it [stands|is found] in the {period~ordinal} row of the table.',
    'It comes right after element {number~previous} and right before element {number~next}.',
    'In words, its number of protons is {number~words}.',
    'Other {family~plural} are [rather|quite] similar.',
    'That was in the {year~decade}.',
    '[So|Thus] it has been known since the {year~century}.',
    'The name of @ is [printed|found] on every full table.',
  ],
  shared: 'group',
  hubs: {
    family: { about: 'In this encyclopedia {hub} is the name of a family of elements.', opening: ['[Several|A number of] elements are of the kind called {hub}.', 'The name {hub} is [shared|used] by these elements.'] },
    group: { title: 'Group #', about: 'In this encyclopedia group {hub} is a column of the periodic table.', opening: ['[Several|A number of] elements stand in group {hub}.', 'Group {hub} [holds|includes] these elements.'] },
    period: { title: 'Period #', about: 'In this encyclopedia period {hub} is a row of the periodic table.', opening: ['[Several|A number of] elements stand in period {hub}.', 'Period {hub} [holds|includes] these elements.'] },
    discoverer: { about: '', opening: ['[More than one element|Not just one element] is credited to {hub}.', '{hub} [found|discovered] more than one element.'] },
  },
  events: { year: '@, with the symbol {symbol}, was discovered.' },
};
