/**
 * In: column names and rows, one per line, cells separated by "|".
 * Out: one record per row, without its empty cells. Throws on a row of another width.
 */
export function table(columns: readonly string[], rows: string): Record<string, string>[] {
  return rows
    .trim()
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => {
      const cells = row.split('|');
      if (cells.length !== columns.length) throw new Error(`expected ${columns.length} cells: ${row}`);
      const record: Record<string, string> = {};
      columns.forEach((column, i) => {
        if (cells[i]) record[column] = cells[i];
      });
      return record;
    });
}
