/**
 * Tells whether a text is nearly one of those seen last. In: texts, one after the other. Out: for each, whether its shingles' estimated Jaccard similarity to one of the last
 * `capacity` texts reaches the threshold; at threshold 1, whether it is equal to one. What is remembered depends on the texts alone, not on
 * the answers, so that the memory can be made again by showing it the last `capacity` texts. Memory is fixed: 64 bytes a text and an
 * index of 8 MB. Never throws.
 */
import { createHash } from 'node:crypto';
import { minHash, signatureWords, similarity } from './min-hash.ts';

const bandsPerWord = 2; // locality-sensitive hashing: a band is 4 hashes of 4 bits
const bands = signatureWords * bandsPerWord;
const bandValues = 1 << 16;
/** Below it, bands miss more than a tenth of the pairs at the threshold; then all are compared. */
const lowestBandedThreshold = 0.5;

export class NearDuplicateFilter {
  readonly #threshold: number;
  readonly #capacity: number;
  readonly #signatures: Uint32Array; // a ring
  readonly #exact = new Map<string, number>(); // digest -> number of the text that had it last
  readonly #heads: Float64Array; // per band and value: number of the last text, plus 1
  readonly #previous: Float64Array; // per slot and band: the one before it
  #count = 0; // texts seen

  constructor(threshold: number, capacity: number) {
    this.#threshold = threshold;
    this.#capacity = capacity;
    const near = threshold < 1;
    this.#signatures = new Uint32Array(near ? capacity * signatureWords : 0);
    this.#heads = new Float64Array(near && threshold >= lowestBandedThreshold ? bands * bandValues : 0);
    this.#previous = new Float64Array(this.#heads.length > 0 ? capacity * bands : 0);
  }

  /** Whether `text` is a near duplicate; remembers it either way. */
  seen(text: string): boolean {
    const digest = createHash('sha256').update(text).digest('base64').slice(0, 22);
    const exact = this.#exact.has(digest);
    this.#remember(digest);
    if (this.#threshold >= 1) {
      this.#count++;
      return exact;
    }
    const signature = minHash(text);
    const near = exact || this.#hasSimilar(signature);
    this.#insert(signature);
    return near;
  }

  #remember(digest: string): void {
    this.#exact.delete(digest);
    this.#exact.set(digest, this.#count);
    for (const [oldest, number] of this.#exact) {
      if (number > this.#count - this.#capacity) break;
      this.#exact.delete(oldest);
    }
  }

  #hasSimilar(signature: Uint32Array): boolean {
    const oldest = Math.max(0, this.#count - this.#capacity);
    if (this.#heads.length === 0) {
      for (let number = oldest; number < this.#count; number++) if (this.#isSimilar(signature, number)) return true;
      return false;
    }
    for (let band = 0; band < bands; band++) {
      let number = this.#heads[band * bandValues + bandOf(signature, band)]! - 1;
      while (number >= oldest) {
        if (this.#isSimilar(signature, number)) return true;
        number = this.#previous[(number % this.#capacity) * bands + band]! - 1;
      }
    }
    return false;
  }

  #isSimilar(signature: Uint32Array, number: number): boolean {
    return similarity(signature, 0, this.#signatures, (number % this.#capacity) * signatureWords) >= this.#threshold;
  }

  #insert(signature: Uint32Array): void {
    const slot = this.#count % this.#capacity;
    this.#signatures.set(signature, slot * signatureWords);
    if (this.#heads.length > 0) {
      for (let band = 0; band < bands; band++) {
        const head = band * bandValues + bandOf(signature, band);
        this.#previous[slot * bands + band] = this.#heads[head]!;
        this.#heads[head] = this.#count + 1;
      }
    }
    this.#count++;
  }
}

function bandOf(signature: Uint32Array, band: number): number {
  return (signature[band >> 1]! >>> (16 * (band & 1))) & 0xffff;
}
