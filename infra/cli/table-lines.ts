/** In: rows of cells, the first row the head. Out: lines with the columns aligned, the first to the left, the others to the right; a row of one cell is a heading and widens nothing. Nothing can go wrong. */
import { padEnd, padStart, textWidth } from './text-width.ts';

export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) => Math.max(0, ...rows.filter((row) => row.length > 1).map((row) => textWidth(row[i] ?? ''))));
  return rows.map((row) => widths.map((width, i) => (i === 0 ? padEnd : padStart)(row[i] ?? '', width)).join('  ').trimEnd());
}
