/** Something that changes, and those who look at it. In: nothing. Out: a place to subscribe; watchers are called once a frame at most. Nothing can go wrong. */
export class Observable {
  readonly #watchers = new Set<() => void>();
  #due = false;
  /** Grows with every change. */
  version = 0;

  /** @returns what ends it. */
  subscribe(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  changed(): void {
    this.version += 1;
    if (this.#due) return;
    this.#due = true;
    setTimeout(() => {
      this.#due = false;
      for (const watcher of this.#watchers) watcher();
    }, frameMs);
  }
}

/** Timers go on in a hidden tab, where frames do not. */
const frameMs = 16;
