import { numberInWords } from './forms.ts';
import type { Random } from './random.ts';
import type { Segment } from './segment.ts';

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
/** Many, so that a guess is hardly ever right: eq. 9 pays a lucky guess best of all. */
const CLERKS = (
  'Abbott Ainsley Alcott Alden Archer Ashby Aston Atwood Baker Bancroft Barlow Barton Bassett Baxter Beckett Bennett Bishop Blackwell Blythe Bolton Bowman Bradshaw ' +
  'Bramley Brewster Bridger Briggs Brock Bromley Buckley Burgess Burton Calder Carlisle Carver Chadwick Chandler Chilton Clayton Clifford Colby Collins Compton Cooper ' +
  'Corbett Cramer Crosby Dalby Dalton Darby Dawson Denby Denton Dexter Dixon Drake Draper Dudley Easton Eldridge Ellis Elston Emery Everett Fairley Farrow Fenton Fisher ' +
  'Fletcher Forbes Fowler Frost Fuller Garner Gibbs Gifford Gilbert Glover Granger Graves Gresham Hadley Halsey Hammond Harker Hartley Hatcher Hayward Hobbs Holbrook ' +
  'Holden Hooper Horton Howell Hudson Huxley Ingram Irving Jarvis Jessop Keating Kemp Kendall Kirby Lambert Langley Lawson Leland Lister Lockwood Ludlow Marlow Marsden ' +
  'Mercer Merrill Milner Morley Nash Nelson Newell Norris Norton Oakley Osborne Palmer Parrish Pearce Penrose Porter Prescott Preston Putnam Quill Radley Ramsey Redmond ' +
  'Reeves Ripley Rowley Royston Rutland Sadler Sawyer Selby Seward Shelby Sherwood Skinner Slater Spencer Stanton Sutton Talbot Tanner Thorne Thurston Tiller Tobin ' +
  'Townsend Travers Tucker Turner Tyler Upton Usher Vaughan Vickers Wainwright Walden Walton Warner Webber Weston Whitlock Wilcox Winslow Wyatt Yardley Yates'
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
