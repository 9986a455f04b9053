/** Consecutive tokens of a sequence with their blocks, after those of another run: a shared part of prompts, or a sample's own tokens. Nothing can go wrong. */
import type { CacheBlocks } from './cache-blocks.ts';
import { blockTokens } from './kernels/attend.ts';

export interface TokenPlace {
  /** Address. */
  readonly block: number;
  /** Which of the block's tokens. */
  readonly slot: number;
}

export class CachedRun {
  readonly before: CachedRun | null;
  /** Position of its first token: the run before it does not grow any more. */
  readonly start: number;
  /** Tokens that have a place. */
  length = 0;
  readonly #blocks: number[] = [];

  constructor(before: CachedRun | null) {
    this.before = before;
    this.start = before === null ? 0 : before.start + before.length;
  }

  get segmentCount(): number {
    return this.#blocks.length + (this.before?.segmentCount ?? 0);
  }

  /** A place for the next token. */
  add(cache: CacheBlocks): TokenPlace {
    const slot = this.length % blockTokens;
    if (slot === 0) this.#blocks.push(cache.take());
    this.length++;
    return { block: this.#blocks.at(-1)!, slot };
  }

  /** All tokens up to its last: pairs of a block and the number of its tokens. @returns where the list ends */
  writeSegments(words: Uint32Array, at: number): number {
    let to = this.before === null ? at : this.before.writeSegments(words, at);
    for (const [index, block] of this.#blocks.entries()) {
      words[to++] = block;
      words[to++] = Math.min(blockTokens, this.length - index * blockTokens);
    }
    return to;
  }

  release(cache: CacheBlocks): void {
    cache.giveBack(this.#blocks);
    this.#blocks.length = 0;
  }
}
