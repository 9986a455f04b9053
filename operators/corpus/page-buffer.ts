/** Bytes that arrive in pieces, kept up to a limit. Over the limit the beginning stays and the rest is let go. */
const firstCapacity = 1 << 16;

export class PageBuffer {
  readonly #limit: number;
  #bytes = new Uint8Array(firstCapacity);
  #length = 0;
  #seen = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  clear(): void {
    this.#length = this.#seen = 0;
  }

  append(bytes: Uint8Array): void {
    this.#seen += bytes.length;
    const taken = bytes.subarray(0, Math.max(0, this.#limit - this.#length));
    if (this.#length + taken.length > this.#bytes.length) {
      const grown = new Uint8Array(Math.min(this.#limit, Math.max(2 * this.#bytes.length, this.#length + taken.length)));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(taken, this.#length);
    this.#length += taken.length;
  }

  /** Bytes appended, the ones let go included. */
  get seen(): number {
    return this.#seen;
  }

  get overLimit(): boolean {
    return this.#seen > this.#limit;
  }

  /** What was kept; valid until the next change. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
