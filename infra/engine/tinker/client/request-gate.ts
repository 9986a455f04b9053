/**
 * How much may be asked of the server at once. A caller takes room for its samples and gives it back; a 429 halves what is let through, each success opens it by one sample, up to the limit.
 * First come, first served. Nothing can go wrong.
 */
export class RequestGate {
  readonly #most: number;
  #limit: number;
  #used = 0;
  readonly #waiting: { readonly size: number; readonly enter: () => void }[] = [];

  /** @param most samples in flight */
  constructor(most: number) {
    this.#most = most;
    this.#limit = most;
  }

  /** Samples that may be in flight. */
  get limit(): number {
    return this.#limit;
  }

  /** What is larger than the limit goes alone. */
  async through<T>(size: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      this.#waiting.push({ size, enter });
      this.#admit();
    });
    try {
      return await work();
    } finally {
      this.#used -= size;
      this.#admit();
    }
  }

  pushedBack(): void {
    this.#limit = Math.max(1, Math.floor(this.#limit / 2));
  }

  succeeded(): void {
    this.#limit = Math.min(this.#most, this.#limit + 1);
  }

  #admit(): void {
    for (let [first] = this.#waiting; first !== undefined && (this.#used === 0 || this.#used + first.size <= this.#limit); [first] = this.#waiting) {
      this.#waiting.shift();
      this.#used += first.size;
      first.enter();
    }
  }
}
