/** Keeps the values used last. In: how many. Out: a cache; a value that rejects is made anew the next time. Nothing can go wrong. */
export class LatestCache<K, V extends Promise<unknown>> {
  readonly #kept: number;
  readonly #values = new Map<K, V>();

  constructor(kept: number) {
    this.#kept = kept;
  }

  get(key: K, make: () => V): V {
    const known = this.#values.get(key);
    this.#values.delete(key);
    const value = known ?? make();
    this.#values.set(key, value); // the latest is the last
    if (known === undefined) value.catch(() => void this.#values.delete(key));
    for (const oldest of this.#values.keys()) if (this.#values.size > this.#kept) this.#values.delete(oldest);
    return value;
  }

  clear(): void {
    this.#values.clear();
  }
}
