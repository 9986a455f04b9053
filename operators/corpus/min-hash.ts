/**
 * Signatures for near duplicates (Broder 1997; b-bit form of Li and König 2010). In: a text. Out: 128 hashes of its word shingles, 4 bits of each, in 16 words of 32
 * bits. The share of equal hashes estimates the Jaccard similarity of two texts' shingles, with a standard error of at most 0.047.
 * Deterministic. Never throws.
 */
const hashes = 128;
const bits = 4;
const hashesPerWord = 32 / bits;
export const signatureWords = hashes / hashesPerWord;
const shingleWords = 3;
const chance = 1 / 2 ** bits; // that different minima agree in their 4 bits

const multipliers = Uint32Array.from({ length: hashes }, (_, i) => scramble(2 * i + 1) | 1);
const offsets = Uint32Array.from({ length: hashes }, (_, i) => scramble(2 * i + 2));

/** @returns `signatureWords` words. Texts of fewer words than a shingle count as one shingle. */
export function minHash(text: string): Uint32Array {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const wordHashes = words.map(hashText);
  const minima = new Uint32Array(hashes).fill(0xffffffff);
  const shingles = Math.max(1, words.length - shingleWords + 1);
  for (let s = 0; s < shingles; s++) {
    let shingle = 0x811c9dc5;
    for (let w = s; w < Math.min(s + shingleWords, words.length); w++) shingle = scramble(shingle ^ wordHashes[w]!);
    for (let h = 0; h < hashes; h++) {
      const value = (Math.imul(shingle ^ (shingle >>> 15), multipliers[h]!) + offsets[h]!) >>> 0;
      if (value < minima[h]!) minima[h] = value;
    }
  }
  const signature = new Uint32Array(signatureWords);
  for (let h = 0; h < hashes; h++) {
    const nibble = scramble(minima[h]!) & 0xf;
    signature[Math.floor(h / hashesPerWord)]! |= nibble << (bits * (h % hashesPerWord));
  }
  return signature;
}

/** Estimated Jaccard similarity, 0 to 1. `a` and `b` hold signatures from the given places on. */
export function similarity(a: Uint32Array, aStart: number, b: Uint32Array, bStart: number): number {
  let equal = 0;
  for (let w = 0; w < signatureWords; w++) {
    let differs = a[aStart + w]! ^ b[bStart + w]!;
    differs |= differs >>> 2;
    differs |= differs >>> 1;
    differs &= 0x11111111; // one bit a nibble that differs
    differs = (differs & 0x01010101) + ((differs >>> 4) & 0x01010101);
    equal += hashesPerWord - (Math.imul(differs, 0x01010101) >>> 24);
  }
  return Math.max(0, (equal / hashes - chance) / (1 - chance));
}

/** 32-bit FNV-1a over UTF-16 code units, then mixed. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return scramble(hash ^ text.length);
}

/** murmur3's finaliser. */
function scramble(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
