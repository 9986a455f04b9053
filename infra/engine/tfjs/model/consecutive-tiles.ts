/**
 * Cuts the attention mask of packed trees into few tiles, whatever the trees: for devices on which each operation costs something, however small it is, and masked scores cost little.
 * In: a packed batch. Out: tiles of consecutive rows, in order, of whole trees where they fit. Nothing can go wrong.
 */
import { tileOf, type AttentionTile, type RowRange } from './attention-tile.ts';
import type { PackedBatch } from './packed-batch.ts';

const rowsPerTile = 1024;

/** @param outputRows leaves out, where it can, queries whose result nobody asks for; null for all; @param mostRows of a tile */
export function consecutiveTiles(batch: PackedBatch, slidingWindow: number | null, outputRows: Int32Array | null, mostRows = rowsPerTile): AttentionTile[] {
  const rows = batch.tokens.length;
  const tiles: AttentionTile[] = [];
  for (let from = firstWanted(outputRows, 0); from < rows; ) {
    const to = endOfTile(batch, from, mostRows);
    tiles.push(tileOf(batch, from, to, [...ancestors(batch, from), { start: from, count: to - from }], slidingWindow));
    from = firstWanted(outputRows, to);
  }
  return tiles;
}

/** After the last tree that fits, or within the first where none does. */
function endOfTile({ trees, tokens }: PackedBatch, from: number, mostRows: number): number {
  const whole = trees.findLast(({ end }) => end <= from + mostRows)?.end ?? 0;
  return whole > from ? whole : Math.min(tokens.length, from + mostRows);
}

/** Rows before `row` that it sees, or that rows after it see. */
function ancestors({ ends }: PackedBatch, row: number): RowRange[] {
  const ranges: { start: number; count: number }[] = [];
  for (let key = 0; key < row; key++) {
    if (ends[key]! <= row) continue;
    const last = ranges.at(-1);
    if (last !== undefined && last.start + last.count === key) last.count++;
    else ranges.push({ start: key, count: 1 });
  }
  return ranges;
}

/** The first row that is not before `row` and wanted; Infinity for none. */
function firstWanted(outputRows: Int32Array | null, row: number): number {
  return outputRows === null ? row : (outputRows.find((output) => output >= row) ?? Infinity);
}
