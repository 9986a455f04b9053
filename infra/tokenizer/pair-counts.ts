/** How often each pair of tokens stands side by side, and which pairs gained words since the queue was last fed. */
import type { MergeQueue } from './merge-queue.ts';

/** Vocabularies stay below this, so a pair fits a safe integer. */
const base = 2 ** 24;

export class PairCounts {
  readonly #counts = new Map<number, number>();
  readonly #gained = new Map<number, number[]>();

  count(left: number, right: number): number {
    return this.#counts.get(left * base + right) ?? 0;
  }

  /** Adds `change` occurrences in the word of that index; calls for one word follow each other. */
  add(left: number, right: number, change: number, word: number): void {
    const pair = left * base + right;
    this.#counts.set(pair, (this.#counts.get(pair) ?? 0) + change);
    if (change <= 0) return;
    const words = this.#gained.get(pair);
    if (words === undefined) this.#gained.set(pair, [word]);
    else if (words.at(-1) !== word) words.push(word);
  }

  /** Queues the pairs that gained words. */
  queueChanged(queue: MergeQueue): void {
    for (const [pair, words] of this.#gained) {
      const count = this.#counts.get(pair)!;
      if (count > 0) queue.push({ left: Math.floor(pair / base), right: pair % base, count, words });
    }
    this.#gained.clear();
  }
}
