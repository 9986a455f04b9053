/** In: a seed and a name. Out: uniformly distributed numbers, a function of the two and their index alone. */
import { fillFromPhilox } from './fill-from-philox.ts';

/**
 * Fills `target` with independent numbers of [-bound, bound), from Philox4x32-10.
 * @param seed a safe integer of 0 or more
 * @param stream numbers of different names are independent
 */
export function seededUniform(target: Float32Array, seed: number, stream: string, bound: number): void {
  fillFromPhilox(target, seed, stream, (words, values) => {
    for (let i = 0; i < 4; i++) values[i] = bound * (words[i]! / 2 ** 31 - 1);
  });
}
