/**
 * The one place for randomness in operators. In: the run's seed and a record's id. Out: uint32 seeds and uniform
 * draws that are a function of those alone, never of time or arrival order. Nothing can go wrong here.
 */

/** murmur3's 32-bit finaliser: every input bit reaches every output bit. */
function mix(hash: number): number {
  let h = hash | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * The seed that belongs to a record.
 * @param runSeed uint32 of the config (`run.seed`).
 * @param id any text, for example `000012/03/mask/5`.
 * @returns uint32; different ids give unrelated seeds.
 */
export function seedOf(runSeed: number, id: string): number {
  let hash = mix((runSeed >>> 0) + 0x9e3779b9);
  for (let i = 0; i < id.length; i++) {
    // FNV-1a over UTF-16 code units, begun from the mixed run seed
    hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 15;
  }
  return mix(hash ^ id.length);
}

/**
 * Uniform draws from a seed (splitmix32: a counter, mixed).
 * @returns a function; each call gives the next number in [0, 1), a multiple of 2^-32.
 */
export function uniforms(seed: number): () => number {
  let counter = seed >>> 0;
  return () => {
    counter = (counter + 0x9e3779b9) >>> 0;
    return mix(mix(counter) ^ 0x5851f42d) / 2 ** 32;
  };
}

/** An integer drawn uniformly from 0 to `bound - 1`. `bound` is a positive integer. */
export function drawInt(draw: () => number, bound: number): number {
  return Math.min(bound - 1, Math.floor(draw() * bound));
}

/** Fisher-Yates; every order equally likely. Changes `items` and returns it. */
export function shuffleInPlace<T>(items: T[], draw: () => number): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = drawInt(draw, i + 1);
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return items;
}

/**
 * A draw from the geometric distribution over 1, 2, 3, ... with success probability `p`, truncated at `max` by
 * giving the tail's mass to all lengths in proportion (as SpanBERT does).
 */
export function drawTruncatedGeometric(draw: () => number, p: number, max: number): number {
  const kept = 1 - (1 - p) ** max; // mass of 1..max
  if (p >= 1) return 1;
  const length = Math.ceil(Math.log1p(-draw() * kept) / Math.log1p(-p));
  return Math.min(max, Math.max(1, length));
}
