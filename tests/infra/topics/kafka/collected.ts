/** What comes in over time, and a promise of the moment when it is enough. */
export class Collected<T> {
  readonly items: T[] = [];
  readonly #waiting = new Set<() => void>();

  add(...items: readonly T[]): void {
    this.items.push(...items);
    for (const check of [...this.#waiting]) check();
  }

  until(enough: (items: readonly T[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!enough(this.items)) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }
}
