import { numberInWords } from './forms.ts';
import type { Random } from './random.ts';
import type { Segment } from './segment.ts';

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const CLERKS = (
  'Abbott Archer Baker Barlow Bennett Bishop Carver Chandler Clayton Cooper Dalby Dawson Draper Ellis Fairley Farrow Fisher Fletcher Garner Gibbs ' +
  'Granger Hadley Harker Hobbs Hooper Ingram Jarvis Kemp Kirby Lambert Lawson Mercer Milner Nash Norris Oakley Palmer Parrish Pearce Quill Ramsey ' +
  'Reeves Rowley Sadler Sawyer Shelby Slater Tanner Thorne Tiller Tucker Usher Vickers Wainwright Walden Webber Whitlock Yates'
).split(' ');

/** In: a kind of random detail. Out: one such detail, which nothing else in the corpus tells. Throws on an unknown kind. */
export function draw(kind: string, random: Random): Segment[] {
  const id = random.between(1, 2 ** 31); // two pieces of one draw belong together
  const piece = (text: string, name = kind): Segment => ({ text, origin: { from: 'draw', kind: name, id }, look: 'plain' });
  const gap = (text: string): Segment => ({ text, origin: { from: 'frame' }, look: 'plain' });
  switch (kind) {
    case 'number':
      return [piece(String(random.between(1000, 9999)))];
    case 'code':
      return [piece(`${letter(random)}${letter(random)}-${random.between(100, 999)}`)];
    case 'clerk':
      return [piece(random.pick(CLERKS))];
    case 'date':
      return [piece(`${random.between(1, 28)} ${random.pick(MONTHS)}`)];
    case 'count': {
      const n = random.between(21, 99);
      return [piece(String(n))];
    }
    case 'count-twice': {
      const n = random.between(21, 99);
      return [piece(String(n), 'count'), gap(', in words '), piece(numberInWords(n), 'count')];
    }
    case 'number-twice': {
      const n = random.between(1000, 9999);
      const grouped = `${Math.floor(n / 1000)},${String(n % 1000).padStart(3, '0')}`;
      return [piece(String(n), 'number'), gap(', that is '), piece(grouped, 'number')];
    }
    default:
      throw new Error(`no such draw: ${kind}`);
  }
}

function letter(random: Random): string {
  return LETTERS.charAt(random.between(0, LETTERS.length - 1));
}
