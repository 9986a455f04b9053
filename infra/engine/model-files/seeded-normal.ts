/** In: a seed and a name. Out: normally distributed numbers, a function of the two and their index alone. */
import { fillFromPhilox } from './fill-from-philox.ts';

/**
 * Fills `target` with independent N(0, deviation^2) numbers (Box-Muller over Philox4x32-10).
 * @param seed a safe integer of 0 or more
 * @param stream numbers of different names are independent
 */
export function seededNormal(target: Float32Array, seed: number, stream: string, deviation: number): void {
  fillFromPhilox(target, seed, stream, (words, values) => {
    for (let i = 0; i < 4; i += 2) {
      const radius = Math.sqrt(-2 * Math.log((words[i]! + 1) / 2 ** 32)); // (0, 1]: the logarithm is finite
      const angle = (2 * Math.PI * words[i + 1]!) / 2 ** 32;
      values[i] = deviation * (radius * Math.cos(angle));
      values[i + 1] = deviation * (radius * Math.sin(angle));
    }
  });
}
