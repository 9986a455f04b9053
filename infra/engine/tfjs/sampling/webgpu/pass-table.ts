/**
 * A pass as the shaders read it. In: the table in the memory of sampling, the cache's numbers of blocks. Out: plain arrays to be written to the device. Nothing can go wrong.
 */
import type { RopeTable } from '../../model/rope-table.ts';
import { blockTokens } from '../kernels/attend.ts';
import type { PassViews } from '../row-pass.ts';

export interface RowTable {
  /** Position, place, first of the list, segments: four numbers a row. */
  readonly rows: Uint32Array;
  /** Block and first position of each segment, two numbers; after the last of a list one whose position is behind it. */
  readonly lists: Uint32Array;
}

/** @param longest positions that a row sees */
export function rowTable(views: PassViews, count: number, numberOf: (address: number) => number): RowTable {
  const [position, block, slot, segments] = (['position', 'block', 'slot', 'segments'] as const).map((field) => views.row(field));
  const rows = new Uint32Array(4 * count);
  const lists: number[] = [];
  for (let row = 0; row < count; ) {
    const list = segments![row]!;
    let end = row + 1;
    while (end < count && segments![end] === list) end++;
    const first = lists.length / 2;
    const longest = position!.subarray(row, end).reduce((most, each) => Math.max(most, each), 0) + 1;
    const starts: number[] = [];
    let start = 0;
    for (let at = list / 4; start < longest; at += 2) {
      lists.push(numberOf(views.words[at]!), start);
      starts.push(start);
      start += views.words[at + 1]!;
    }
    lists.push(0, start);
    for (; row < end; row++) {
      rows[4 * row] = position![row]!;
      rows[4 * row + 1] = numberOf(block![row]!) * blockTokens + slot![row]!;
      rows[4 * row + 2] = first;
      rows[4 * row + 3] = segmentsUpTo(starts, position![row]!);
    }
  }
  return { rows, lists: Uint32Array.from(lists) };
}

/** Cosines and sines side by side, [ropes, rows, headDim / 2]. */
export function rotationTable(ropes: readonly RopeTable[], positions: Uint32Array, longest: number): Float32Array {
  const { half } = ropes[0]!;
  const table = new Float32Array(2 * ropes.length * positions.length * half);
  let to = 0;
  for (const rope of ropes) {
    const { cosines, sines } = rope.upTo(longest);
    for (const position of positions) {
      for (let i = position * half; i < (position + 1) * half; i++) {
        table[to++] = cosines[i]!;
        table[to++] = sines[i]!;
      }
    }
  }
  return table;
}

/** Output and uniform number of each draw, as the shader has them. */
export function drawTable({ drawsFrom, uniforms }: PassViews, outputs: number): Uint32Array {
  const draws = drawsFrom[outputs]!;
  const words = new Uint32Array(2 * draws);
  const floats = new Float32Array(words.buffer);
  for (let output = 0; output < outputs; output++) {
    for (let draw = drawsFrom[output]!; draw < drawsFrom[output + 1]!; draw++) {
      words[2 * draw] = output;
      floats[2 * draw + 1] = uniforms[draw]!;
    }
  }
  return words;
}

/** How many of ascending starts are no later than a position. */
function segmentsUpTo(starts: readonly number[], position: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}
