/** Products of rows with a model's matrices, in the memory of sampling. In: a matrix by its number, addresses, strides in floats. Wrong: OUT_OF_MEMORY. */
export interface Products {
  /**
   * Y = X W, or Y += X W; linear layers side by side are each padded to a multiple of 8 columns.
   * @param adds to what y holds
   */
  multiply(matrix: number, x: number, strideX: number, rows: number, y: number, strideY: number, adds: boolean): void;
  /** Rows that it takes best at once. */
  readonly rowsAtOnce: number;
}
