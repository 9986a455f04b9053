/**
 * Keys and values of tokens in blocks of 16, by layer and key head: keys [D, 16], so that scores of 16 tokens are computed side by side, then values [16, D]. A block
 * has tokens of one owner; who attends to several owners' tokens lists their blocks as segments. In: an arena. Out: addresses. Wrong: OUT_OF_MEMORY.
 */
import type { ModelConfig } from '../../model-files/model-config.ts';
import type { Arena } from './arena.ts';
import { blockTokens } from './kernels/attend.ts';

/** Where a block has what; bytes from its start. */
export function headOffsets({ kvHeads, headDim }: ModelConfig, layer: number, kvHead: number): { readonly keys: number; readonly values: number } {
  const keys = (layer * kvHeads + kvHead) * 2 * headBytes(headDim);
  return { keys, values: keys + headBytes(headDim) };
}

export function blocksFor(tokens: number): number {
  return Math.ceil(tokens / blockTokens);
}

export class CacheBlocks {
  readonly bytes: number; // of a block
  readonly #arena: Arena;
  readonly #free: number[] = [];
  #inUse = 0;

  constructor({ layers, kvHeads, headDim }: ModelConfig, arena: Arena) {
    this.#arena = arena;
    this.bytes = layers * kvHeads * 2 * headBytes(headDim);
  }

  /** Blocks. */
  get inUse(): number {
    return this.#inUse;
  }

  take(): number {
    const block = this.#free.pop() ?? this.#arena.allocate(this.bytes);
    this.#inUse++;
    return block;
  }

  giveBack(blocks: readonly number[]): void {
    this.#free.push(...blocks);
    this.#inUse -= blocks.length;
  }
}

/** Of keys or values. */
function headBytes(headDim: number): number {
  return 4 * headDim * blockTokens;
}
