/**
 * One canonical Huffman code of a bzip2 block. In: a code length for each symbol. Out: a table that gives symbol and length for the
 * next bits. Fails with Bzip2Error on lengths that are no prefix code, and on bits that are no code word.
 */
import { Bzip2Error } from './bzip2-error.ts';
import type { BitReader } from './bit-reader.ts';

const maxLength = 20; // bits; the format's limit
const fastBits = 10; // looked up at once; longer codes are rare

export class HuffmanTable {
  /** Entry of the next `fastBits` bits: symbol * 32 + length, or 0 where the code is longer. */
  readonly #fast = new Uint16Array(1 << fastBits);
  readonly #symbols: Uint16Array; // by code
  readonly #firstCode = new Int32Array(maxLength + 2); // of each length
  readonly #firstIndex = new Int32Array(maxLength + 2); // into #symbols
  readonly #counts = new Int32Array(maxLength + 2);

  constructor(lengths: Uint8Array, symbolCount: number) {
    for (let s = 0; s < symbolCount; s++) this.#counts[lengths[s]!]!++;
    this.#symbols = new Uint16Array(symbolCount);
    const next = new Int32Array(maxLength + 2);
    let code = 0;
    let index = 0;
    for (let length = 1; length <= maxLength; length++) {
      this.#firstCode[length] = code;
      this.#firstIndex[length] = next[length] = index;
      code += this.#counts[length]!;
      index += this.#counts[length]!;
      if (code > 1 << length) throw new Bzip2Error('the code lengths are no prefix code');
      code <<= 1;
    }
    for (let s = 0; s < symbolCount; s++) {
      const length = lengths[s]!;
      const place = next[length]!++;
      this.#symbols[place] = s;
      if (length > fastBits) continue;
      const word = this.#firstCode[length]! + place - this.#firstIndex[length]!;
      const from = word << (fastBits - length);
      this.#fast.fill(s * 32 + length, from, from + (1 << (fastBits - length)));
    }
  }

  decode(reader: BitReader): number {
    const entry = this.#fast[reader.peek(fastBits)]!;
    if (entry !== 0) {
      reader.skip(entry & 31);
      return entry >>> 5;
    }
    const word = reader.peek(maxLength);
    for (let length = fastBits + 1; length <= maxLength; length++) {
      const within = (word >>> (maxLength - length)) - this.#firstCode[length]!;
      if (within < this.#counts[length]! && within >= 0) {
        reader.skip(length);
        return this.#symbols[this.#firstIndex[length]! + within]!;
      }
    }
    throw new Bzip2Error('bits that are no code word');
  }
}
