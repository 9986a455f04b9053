/** Rows of row-major matrices on the host: gathering, and adding back what was gathered. Indices are in range. */

/** [indices, columns] */
export function gatherRows(source: Float32Array, columns: number, indices: Int32Array): Float32Array {
  const target = new Float32Array(indices.length * columns);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]! * columns;
    target.set(source.subarray(from, from + columns), i * columns);
  }
  return target;
}

/** target[r, indices[i]] += source[i, r]; an index may occur more than once. */
export function scatterAddColumns(target: Float32Array, columns: number, indices: Int32Array, source: Float32Array): void {
  const rows = target.length / columns;
  for (let i = 0; i < indices.length; i++) {
    for (let row = 0; row < rows; row++) target[row * columns + indices[i]!]! += source[i * rows + row]!;
  }
}

/** target[indices[i]] += source[i]; an index may occur more than once. */
export function scatterAddRows(target: Float32Array, columns: number, indices: Int32Array, source: Float32Array): void {
  for (let i = 0; i < indices.length; i++) {
    const to = indices[i]! * columns;
    const from = i * columns;
    for (let c = 0; c < columns; c++) target[to + c]! += source[from + c]!;
  }
}
