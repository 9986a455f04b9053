/** Rows as text. In: rows, whose keys are the columns. Out: a table. Nothing can go wrong. */

/** One line a row under a line of the keys, columns aligned: numbers to the right. */
export function alignedTable(rows: readonly object[]): string {
  const cells = cellsOf(rows);
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const pad = (text: string, column: number): string => (isNumber(text) ? text.padStart(widths[column]!) : text.padEnd(widths[column]!));
  return cells.map((row) => `${row.map(pad).join('  ').trimEnd()}\n`).join('');
}

export function markdownTable(rows: readonly object[]): string {
  const [keys, ...body] = cellsOf(rows);
  const line = (cells: readonly string[]): string => `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return [line(keys!), line(keys!.map(() => '---')), ...body.map(line)].join('');
}

/** The keys, then the rows. */
function cellsOf(rows: readonly object[]): string[][] {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [keys, ...rows.map((row) => keys.map((key) => cell((row as Readonly<Record<string, unknown>>)[key])))];
}

function isNumber(text: string): boolean {
  return /^-?[\d.,]+$/u.test(text);
}

function cell(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) >= 100 ? 0 : 2);
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
