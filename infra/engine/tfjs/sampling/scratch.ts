/** A thread's working memory. In: a model's shape, an arena. Out: addresses. Wrong: OUT_OF_MEMORY. */
import type { ModelConfig } from '../../model-files/model-config.ts';
import type { Arena } from './arena.ts';
import { scoreFloats } from './kernels/attend.ts';
import { paddedColumns } from './packed-model.ts';

const logitFloats = 2 ** 22;

/** Rows whose logits are there at once. @param rows that are taken through the layers at once */
export function drawRows(rows: number, vocabularySize: number): number {
  return Math.min(rows, Math.max(1, Math.floor(logitFloats / vocabularySize)));
}

/** Addresses of [rows, padded columns] each, but the last three. */
export interface Scratch {
  readonly x: number;
  readonly normed: number;
  readonly qkv: number;
  readonly attended: number;
  readonly gateUp: number;
  readonly activated: number;
  /** Of models with experts; of no size in others. */
  readonly routerLogits: number;
  readonly expertInput: number;
  readonly expertOutput: number;
  readonly logits: number; // [drawRows, vocabulary]
  readonly weights: number; // [vocabulary]
  readonly scores: number;
}

export function placeScratch({ width, heads, kvHeads, headDim, ffnWidth, experts, vocabularySize, maxPositions }: ModelConfig, rows: number, arena: Arena): Scratch {
  const place = (count: number, columns: number): number => arena.allocate(4 * count * paddedColumns(columns));
  const inner = Math.max(ffnWidth, experts?.width ?? 0);
  const expertRows = experts === null ? 0 : rows;
  return {
    x: place(rows, width),
    normed: place(rows, width),
    qkv: place(rows, (heads + 2 * kvHeads) * headDim),
    attended: place(rows, heads * headDim),
    gateUp: place(2 * rows, inner),
    activated: place(rows, inner),
    routerLogits: place(expertRows, experts?.count ?? 0),
    expertInput: place(expertRows, width),
    expertOutput: place(expertRows, width),
    logits: place(drawRows(rows, vocabularySize), vocabularySize),
    weights: place(1, vocabularySize),
    scores: place(1, scoreFloats(maxPositions)),
  };
}
