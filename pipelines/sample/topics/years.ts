import type { Topic } from './topic.ts';

const FIRST = 1600;
const LAST = 2010;
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Years of the Gregorian calendar; those without events get no article. */
export const year: Topic = {
  name: 'year', noun: 'year', plural: 'years', columns: ['name', 'start', 'kind'],
  rows: Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i)
    .map((n) => [n, DAYS[firstDay(n)], isLeap(n) ? 'leap year' : 'common year'].join('|'))
    .join('\n'),
  identifying: [],
  leads: ['@ was a {kind} that began on a {start}.', '@ was a {kind} of the Gregorian calendar.'],
  frames: ['In the Gregorian calendar its first day was a {start}.', 'The first of January of @ was a {start}.', '$ was a {kind}.', 'Calendars [list|mark] @ as a {kind}.'],
  restate: ['$ [belongs to|is part of] the {name~decade}.', '$ falls in the {name~century}.', 'It came after {name~previous} and before {name~next}.', 'Other {kind~plural} have as many days.'],
  shared: 'start',
};

function isLeap(n: number): boolean {
  return (n % 4 === 0 && n % 100 !== 0) || n % 400 === 0;
}

/** Weekday of 1 January, 0 for Sunday. */
function firstDay(n: number): number {
  const before = n - 1;
  return (1 + before + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)) % 7;
}
