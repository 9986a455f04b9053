/** In: a seed and a name. Out: uniformly distributed numbers, a function of the two and their index alone. */
import { philox } from './philox.ts';
import { streamOf } from './seeded-normal.ts';

/**
 * Fills `target` with independent numbers of [-bound, bound), from Philox4x32-10.
 * @param seed a safe integer of 0 or more
 * @param stream numbers of different names are independent
 */
export function seededUniform(target: Float32Array, seed: number, stream: string, bound: number): void {
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0] as const;
  const name = streamOf(stream);
  const words = new Uint32Array(4);
  for (let start = 0; start < target.length; start += 4) {
    const block = start / 4;
    philox([block >>> 0, Math.floor(block / 2 ** 32), name, 0], key, words);
    for (let i = 0; i < 4 && start + i < target.length; i++) target[start + i] = bound * (words[i]! / 2 ** 31 - 1);
  }
}
