/** In: a seed and a name. Out: normally distributed numbers, a function of the two and their index alone. */
import { philox } from './philox.ts';

/**
 * Fills `target` with independent N(0, deviation^2) numbers (Box-Muller over Philox4x32-10).
 * @param seed a safe integer of 0 or more
 * @param stream numbers of different names are independent
 */
export function seededNormal(target: Float32Array, seed: number, stream: string, deviation: number): void {
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0] as const;
  const name = streamOf(stream);
  const words = new Uint32Array(4);
  for (let start = 0; start < target.length; start += 4) {
    const block = start / 4;
    philox([block >>> 0, Math.floor(block / 2 ** 32), name, 0], key, words);
    const first = gaussianPair(words[0]!, words[1]!);
    const second = gaussianPair(words[2]!, words[3]!);
    const values = [first.cosine, first.sine, second.cosine, second.sine];
    for (let i = 0; i < 4 && start + i < target.length; i++) target[start + i] = deviation * values[i]!;
  }
}

function gaussianPair(a: number, b: number): { readonly cosine: number; readonly sine: number } {
  const radius = Math.sqrt(-2 * Math.log((a + 1) / 2 ** 32)); // (0, 1]: the logarithm is finite
  const angle = (2 * Math.PI * b) / 2 ** 32;
  return { cosine: radius * Math.cos(angle), sine: radius * Math.sin(angle) };
}

/** The part of Philox's counter that belongs to a name: 32-bit FNV-1a of its UTF-16 code units. */
export function streamOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
