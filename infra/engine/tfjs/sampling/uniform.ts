/** In: a sample's seed and the index of a token. Out: a uniform number that depends on nothing else. */
import { philox } from '../../model-files/philox.ts';

const words = new Uint32Array(4);

/** In [0, 1), 53 bits, from Philox under the key (seed, 0). @param seed uint32 */
export function uniform(seed: number, index: number): number {
  philox([index >>> 0, 0, 0, 0], [seed >>> 0, 0], words);
  return ((words[0]! >>> 5) * 2 ** 26 + (words[1]! >>> 6)) / 2 ** 53;
}
