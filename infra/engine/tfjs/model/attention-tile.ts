/**
 * Cuts the attention mask of packed trees into dense tiles: a range of queries, the key ranges that any of them sees, and
 * the mask within. A token sees its ancestors and the tokens before it in its own node, no further back than the sliding window. In:
 * a packed batch. Out: tiles in order. Nothing can go wrong.
 */
import type { PackedBatch, PackedNode } from './packed-batch.ts';

export interface RowRange {
  readonly start: number; // row of the pack
  readonly count: number;
}

export interface AttentionTile {
  readonly queries: RowRange;
  readonly keys: readonly RowRange[];
  readonly keyCount: number;
  /** [queries, keys], 0 or `hidden`, added to the scores; null where every query sees every key. */
  readonly mask: Float32Array | null;
}

/** Added to the score of a key that a query does not see: its probability is exactly 0. */
export const hidden = -1e30;

export interface TileSizes {
  /** Trees of up to this many rows are one tile. */
  readonly wholeTreeRows: number;
  /** Small subtrees of the same node share a tile of up to this many queries. */
  readonly bunchRows: number;
  readonly queriesPerTile: number;
  /** Whether small trees share a tile as subtrees do. */
  readonly bunchesTrees: boolean;
}

/** Where arithmetic costs most: little of a tile is masked. */
export const cpuTiles: TileSizes = { wholeTreeRows: 96, bunchRows: 128, queriesPerTile: 256, bunchesTrees: false };
/** Where a tile of one head is to stay in the cache, and tiles cost nothing. */
export const fusedTiles: TileSizes = { wholeTreeRows: 64, bunchRows: 64, queriesPerTile: 64, bunchesTrees: false };
/** Where each operation costs something, whatever its size: few tiles. */
export const gpuTiles: TileSizes = { wholeTreeRows: 1024, bunchRows: 1024, queriesPerTile: 1024, bunchesTrees: true };

/** @param outputRows leaves out, where it can, queries whose result nobody asks for; null for all */
export function attentionTiles(
  batch: PackedBatch,
  slidingWindow: number | null,
  outputRows: Int32Array | null,
  { wholeTreeRows, bunchRows, queriesPerTile, bunchesTrees }: TileSizes = cpuTiles,
): AttentionTile[] {
  const tiles: AttentionTile[] = [];
  const put = (from: number, to: number, keys: readonly RowRange[]): void => {
    const first = outputRows === null ? from : firstOutput(outputRows, from);
    if (first < to) tiles.push(tileOf(batch, first, to, keys, slidingWindow));
  };
  const visit = (node: PackedNode, ancestors: readonly RowRange[]): void => {
    if (node.end - node.start <= wholeTreeRows) {
      put(node.start, node.end, joined(ancestors, node.start, node.end));
      return;
    }
    const ownEnd = node.start + node.count;
    for (let from = node.start; from < ownEnd; from += queriesPerTile) {
      const to = Math.min(from + queriesPerTile, ownEnd);
      put(from, to, joined(ancestors, node.start, to));
    }
    const path = joined(ancestors, node.start, ownEnd);
    visitBunches(bunches(node.children, bunchRows), path);
  };
  const visitBunches = (all: readonly (readonly PackedNode[])[], ancestors: readonly RowRange[]): void => {
    for (const bunch of all) {
      if (bunch.length === 1) visit(bunch[0]!, ancestors);
      else put(bunch[0]!.start, bunch.at(-1)!.end, joined(ancestors, bunch[0]!.start, bunch.at(-1)!.end));
    }
  };
  visitBunches(bunches(batch.trees, bunchesTrees ? bunchRows : 0), []);
  return tiles;
}

/** Neighbouring subtrees together. */
function bunches(siblings: readonly PackedNode[], bunchRows: number): PackedNode[][] {
  const all: PackedNode[][] = [];
  for (const node of siblings) {
    const bunch = all.at(-1);
    if (bunch === undefined || node.end - bunch[0]!.start > bunchRows) all.push([node]);
    else bunch.push(node);
  }
  return all;
}

/** The ranges and [start, end), as one with the last where they meet. */
function joined(ranges: readonly RowRange[], start: number, end: number): RowRange[] {
  const last = ranges.at(-1);
  if (last === undefined || last.start + last.count < start) return [...ranges, { start, count: end - start }];
  return [...ranges.slice(0, -1), { start: last.start, count: end - last.start }];
}

/** The first output row that is not before `row`; Infinity for none. */
function firstOutput(outputRows: Int32Array, row: number): number {
  return outputRows.find((output) => output >= row) ?? Infinity;
}

function tileOf({ ends, positions }: PackedBatch, from: number, to: number, keys: readonly RowRange[], window: number | null): AttentionTile {
  const keyCount = keys.reduce((sum, { count }) => sum + count, 0);
  const mask = new Float32Array((to - from) * keyCount);
  let anyHidden = false;
  let at = 0;
  for (let query = from; query < to; query++) {
    for (const { start, count } of keys) {
      for (let key = start; key < start + count; key++, at++) {
        if (key <= query && query < ends[key]! && (window === null || positions[query]! - positions[key]! < window)) continue;
        mask[at] = hidden;
        anyHidden = true;
      }
    }
  }
  return { queries: { start: from, count: to - from }, keys, keyCount, mask: anyHidden ? mask : null };
}
