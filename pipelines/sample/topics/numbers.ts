import { numberInWords } from '../prose/forms.ts';
import type { Topic } from './topic.ts';

const LAST = 150;
const ROMAN: [number, string][] = [[100, 'C'], [90, 'XC'], [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']];
const numbers = Array.from({ length: LAST - 1 }, (_, i) => i + 2);

export const number: Topic = {
  name: 'number', noun: 'number', plural: 'numbers', columns: ['name', 'word', 'parity', 'roman', 'factors', 'square', 'binary', 'kind'],
  rows: numbers
    .map((n) => {
      const primes = primeFactors(n);
      const prime = primes.length === 1;
      return [n, numberInWords(n), n % 2 ? 'odd' : 'even', roman(n), prime ? '' : primes.join(' x '), n * n, n < 64 ? n.toString(2) : '', prime ? 'prime' : 'composite'].join('|');
    })
    .join('\n'),
  identifying: ['word', 'roman', 'square', 'binary', 'factors'],
  leads: ['@ is a number, written in words as {word}.', '@ is an {parity} number.'],
  frames: ['In words @ is {word}.', '$ is {parity}.', 'The number @ is called {parity}.', 'The Romans wrote {roman} for @.', 'In Roman numerals it is {roman}.', 'Its prime factors are {factors}.', 'As a product of primes, @ is {factors}.', 'Its square is {square}.', '@ times @ makes {square}.', 'In binary @ is written {binary}.', 'Computers [store|write] it as {binary}.', 'It is a {kind} number.', '[Tables|Books] list @ as {kind}.'],
  restate: ['It comes right after {name~previous} and right before {name~next}.', '[So|Thus] the next {kind} number is larger.', 'Every [second|other] number is {parity}.'],
  shared: 'kind',
  hubs: { kind: { title: '# number', about: 'In this encyclopedia {hub} is a word for a kind of number.', opening: ['[Several|Some] of the {hub} numbers are these.', 'The {hub} numbers [include|take in] these.'] } },
};

function primeFactors(n: number): number[] {
  for (let p = 2; p * p <= n; p++) if (n % p === 0) return [p, ...primeFactors(n / p)];
  return n > 1 ? [n] : [];
}

function roman(n: number): string {
  const [value, letters] = ROMAN.find(([value]) => value <= n) ?? [0, ''];
  return value ? letters + roman(n - value) : '';
}
