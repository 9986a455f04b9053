/**
 * Cuts the block attention mask of packed groups into dense tiles: a range of queries, the key ranges that any of them sees, and
 * the mask within. A prompt token sees the prompt up to itself; a response token sees the prompt and its own response up to
 * itself; both no further back than the sliding window. In: packed groups. Out: tiles in order. Nothing can go wrong.
 */

/** `owners` of the prompt's tokens. */
export const promptOwner = -1;

/** One group's rows in a pack: `length` rows from `start`, the prompt first. */
export interface PackedGroup {
  readonly start: number;
  readonly promptLength: number;
  readonly length: number;
  /** Per row: index of its response, or `promptOwner`. */
  readonly owners: Int32Array;
  readonly positions: Int32Array;
}

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

/** Groups of up to this many rows are one tile. */
const wholeGroupRows = 96;
const queriesPerTile = 256;

/**
 * @param outputsOnly leaves out the queries before each prompt's last row, whose result nobody asks for
 */
export function attentionTiles(groups: readonly PackedGroup[], slidingWindow: number | null, outputsOnly: boolean): AttentionTile[] {
  const tiles: AttentionTile[] = [];
  for (const group of groups) {
    const first = outputsOnly ? group.promptLength - 1 : 0;
    if (group.length <= wholeGroupRows) {
      tiles.push(tileOf(group, first, group.length, [[0, group.length]], slidingWindow));
      continue;
    }
    for (let from = first; from < group.promptLength; from += queriesPerTile) {
      const to = Math.min(from + queriesPerTile, group.promptLength);
      tiles.push(tileOf(group, from, to, [[0, to]], slidingWindow));
    }
    for (const [from, to, ownStart] of responseBunches(group)) {
      tiles.push(tileOf(group, from, to, [[0, group.promptLength], [ownStart, to]], slidingWindow));
    }
  }
  return tiles;
}

/** Ranges [from, to) of response rows: short responses together, long ones in pieces; with the first row any of them owns. */
function responseBunches({ owners, promptLength, length }: PackedGroup): [number, number, number][] {
  const bunches: [number, number, number][] = [];
  let from = promptLength;
  while (from < length) {
    let to = endOfResponse(owners, from);
    while (to < length && endOfResponse(owners, to) - from <= queriesPerTile / 2) to = endOfResponse(owners, to);
    const ownStart = from;
    for (; from < to; from = Math.min(from + queriesPerTile, to)) bunches.push([from, Math.min(from + queriesPerTile, to), ownStart]);
  }
  return bunches;
}

function endOfResponse(owners: Int32Array, row: number): number {
  let end = row;
  while (end < owners.length && owners[end] === owners[row]) end++;
  return end;
}

function tileOf(group: PackedGroup, from: number, to: number, keyRanges: readonly (readonly [number, number])[], window: number | null): AttentionTile {
  const { owners, positions, start } = group;
  const keyRows = keyRanges.flatMap(([first, end]) => Array.from({ length: end - first }, (_, i) => first + i));
  const mask = new Float32Array((to - from) * keyRows.length);
  let anyHidden = false;
  for (let query = from; query < to; query++) {
    for (let k = 0; k < keyRows.length; k++) {
      const key = keyRows[k]!;
      const isSeen = key <= query && (owners[key] === promptOwner || owners[key] === owners[query]);
      if (isSeen && (window === null || positions[query]! - positions[key]! < window)) continue;
      mask[(query - from) * keyRows.length + k] = hidden;
      anyHidden = true;
    }
  }
  return {
    queries: { start: start + from, count: to - from },
    keys: keyRanges.map(([first, end]) => ({ start: start + first, count: end - first })),
    keyCount: keyRows.length,
    mask: anyHidden ? mask : null,
  };
}
