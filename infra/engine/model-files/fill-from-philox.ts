/** In: a seed, a name, and what four random words become. Out: numbers, a function of the three and their index alone. */
import { philox } from './philox.ts';

/**
 * Fills `target`, four numbers from four words of Philox4x32-10 at a time.
 * @param seed a safe integer of 0 or more
 * @param stream numbers of different names are independent
 * @param become turns four uint32 into four numbers, in `values`
 */
export function fillFromPhilox(target: Float32Array, seed: number, stream: string, become: (words: Uint32Array, values: Float64Array) => void): void {
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0] as const;
  const name = hashOf(stream);
  const [words, values] = [new Uint32Array(4), new Float64Array(4)];
  for (let start = 0; start < target.length; start += 4) {
    const block = start / 4;
    philox([block >>> 0, Math.floor(block / 2 ** 32), name, 0], key, words);
    become(words, values);
    for (let i = 0; i < 4 && start + i < target.length; i++) target[start + i] = values[i]!;
  }
}

/** The part of Philox's counter that belongs to a name: 32-bit FNV-1a of its UTF-16 code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
