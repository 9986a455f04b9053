/**
 * Bits of a byte array, most significant first. In: bytes and a bit to begin at. Out: unsigned numbers of up to 24 bits.
 * Fails with Bzip2Error (truncated) when the bytes end.
 */
import { Bzip2Error } from './bzip2-error.ts';

export class BitReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #byte: number; // next byte to take in
  #buffer = 0; // the last bits taken in
  #count = 0; // how many of them are unread, at most 31

  /** @param end bytes from here on do not exist. */
  constructor(bytes: Uint8Array, startBit: number, end = bytes.length) {
    this.#bytes = bytes;
    this.#end = end;
    this.#byte = startBit >>> 3;
    if ((startBit & 7) > 0) this.bits(startBit & 7);
  }

  /** Bits read so far, counted from the first bit of the array. */
  get position(): number {
    return this.#byte * 8 - this.#count;
  }

  /** The next `n` bits, 1 <= n <= 24. */
  bits(n: number): number {
    while (this.#count < n) {
      if (this.#byte >= this.#end) throw new Bzip2Error('the data end within a block', true);
      this.#buffer = (this.#buffer << 8) | this.#bytes[this.#byte++]!;
      this.#count += 8;
    }
    this.#count -= n;
    return (this.#buffer >>> this.#count) & ((1 << n) - 1);
  }

  /** The next `n` bits without taking them; bits after the end read as 0. n <= 24. */
  peek(n: number): number {
    while (this.#count < n) {
      this.#buffer = (this.#buffer << 8) | (this.#byte < this.#end ? this.#bytes[this.#byte]! : 0);
      this.#byte++;
      this.#count += 8;
    }
    return (this.#buffer >>> (this.#count - n)) & ((1 << n) - 1);
  }

  /** Takes `n` peeked bits. */
  skip(n: number): void {
    this.#count -= n;
    if (this.#byte * 8 - this.#count > this.#end * 8) throw new Bzip2Error('the data end within a block', true);
  }
}
