/**
 * The Burrows-Wheeler transform, by prefix doubling over cyclic rotations (O(n log n), whatever the content).
 * In: a block. Out: the last column of its sorted rotations, and the row at which the block itself stands.
 */
export function blockSort(block: Uint8Array): { last: Uint8Array; origin: number } {
  const n = block.length;
  const order = new Int32Array(n); // rotation starts, sorted by their first `width` bytes
  const shifted = new Int32Array(n);
  let rank = new Int32Array(n); // rank[start]: class of the rotation by its first `width` bytes
  let nextRank = new Int32Array(n);
  const starts = new Int32Array(Math.max(256, n) + 1);

  for (let i = 0; i < n; i++) rank[i] = block[i]!;
  for (let i = 0; i < n; i++) shifted[i] = i;
  sortByRank(256);
  let classes = reclass(0);
  for (let width = 1; width < n && classes < n; width *= 2) {
    for (let i = 0; i < n; i++) {
      const start = order[i]! - width;
      shifted[i] = start < 0 ? start + n : start;
    }
    sortByRank(classes);
    classes = reclass(width);
  }

  const last = new Uint8Array(n);
  let origin = 0;
  for (let row = 0; row < n; row++) {
    const start = order[row]!;
    if (start === 0) origin = row;
    last[row] = block[start === 0 ? n - 1 : start - 1]!;
  }
  return { last, origin };

  /** Stable counting sort of `shifted` into `order`. */
  function sortByRank(size: number): void {
    starts.fill(0, 0, size + 1);
    for (let i = 0; i < n; i++) starts[rank[i]! + 1]!++;
    for (let i = 0; i < size; i++) starts[i + 1]! += starts[i]!;
    for (let i = 0; i < n; i++) order[starts[rank[shifted[i]!]!]!++] = shifted[i]!;
  }

  /** Numbers the classes of `order` anew, each rotation compared by (rank, rank `width` further on). */
  function reclass(width: number): number {
    let count = 0;
    for (let i = 0; i < n; i++) {
      const here = order[i]!;
      if (i > 0) {
        const before = order[i - 1]!;
        const same = rank[here] === rank[before] && (width === 0 || rank[(here + width) % n] === rank[(before + width) % n]);
        if (!same) count++;
      }
      nextRank[here] = count;
    }
    [rank, nextRank] = [nextRank, rank];
    return count + 1;
  }
}
