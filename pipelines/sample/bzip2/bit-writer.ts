/** Collects values bit by bit, most significant bit first. Out: the bytes so far, the last one padded with zeros. */
export class BitWriter {
  #bytes = new Uint8Array(1 << 16);
  #length = 0; // whole bytes written
  #pending = 0; // bits not yet a whole byte
  #pendingBits = 0;

  /** In: `value` below 2^bits, `bits` from 1 to 24. */
  write(value: number, bits: number): void {
    this.#pending = (this.#pending << bits) | value;
    this.#pendingBits += bits;
    while (this.#pendingBits >= 8) {
      this.#pendingBits -= 8;
      this.#push((this.#pending >>> this.#pendingBits) & 0xff);
      this.#pending &= (1 << this.#pendingBits) - 1;
    }
  }

  /** In: an unsigned 32-bit value. */
  write32(value: number): void {
    this.write(value >>> 16, 16);
    this.write(value & 0xffff, 16);
  }

  finish(): Uint8Array {
    if (this.#pendingBits > 0) this.write(0, 8 - this.#pendingBits);
    return this.#bytes.slice(0, this.#length);
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const grown = new Uint8Array(this.#length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes[this.#length++] = byte;
  }
}
