/** A thread's working memory. In: a model's shape, an arena. Out: addresses. Wrong: OUT_OF_MEMORY. */
import type { ModelConfig } from '../../model-files/model-config.ts';
import type { Arena } from './arena.ts';
import { scoreFloats } from './kernels/attend.ts';
import { paddedColumns } from './packed-model.ts';

/** Rows that go through the layers together; with more their activations leave the cache. */
export const chunkRows = 64;
const logitFloats = 2 ** 20;

/** Rows whose logits are there at once. */
export function drawRows(vocabularySize: number): number {
  return Math.min(chunkRows, Math.max(4, Math.floor(logitFloats / vocabularySize)));
}

/** Addresses of [chunkRows, padded columns] each, but the last three. */
export interface Scratch {
  readonly x: number;
  readonly normed: number;
  readonly qkv: number;
  readonly attended: number;
  readonly gateUp: number;
  readonly activated: number;
  readonly logits: number; // [drawRows, vocabulary]
  readonly weights: number; // [vocabulary]
  readonly scores: number;
}

export function placeScratch({ width, heads, kvHeads, headDim, ffnWidth, vocabularySize, maxPositions }: ModelConfig, arena: Arena): Scratch {
  const rows = (count: number, columns: number): number => arena.allocate(4 * count * paddedColumns(columns));
  return {
    x: rows(chunkRows, width),
    normed: rows(chunkRows, width),
    qkv: rows(chunkRows, (heads + 2 * kvHeads) * headDim),
    attended: rows(chunkRows, heads * headDim),
    gateUp: rows(2 * chunkRows, ffnWidth),
    activated: rows(chunkRows, ffnWidth),
    logits: rows(drawRows(vocabularySize), vocabularySize),
    weights: rows(1, vocabularySize),
    scores: rows(1, scoreFloats(maxPositions)),
  };
}
