import type { BitWriter } from './bit-writer.ts';
import { canonicalCodes, codeLengths } from './huffman.ts';
import type { FrontSymbols } from './move-to-front.ts';

const GROUP_SYMBOLS = 50; // a table is chosen anew every 50 symbols
const ROUNDS = 4; // of fitting tables to groups and groups to tables

/** Writes a block's symbols: the bytes in use, the choice of tables, the tables, then the coded symbols. */
export function entropyCode({ symbols, alphabetSize, used }: FrontSymbols, out: BitWriter): void {
  const tableCount = symbols.length < 200 ? 2 : symbols.length < 600 ? 3 : symbols.length < 1200 ? 4 : symbols.length < 2400 ? 5 : 6;
  const { tables, choice } = fitTables(symbols, alphabetSize, tableCount);

  writeUsedBytes(used, out);
  out.write(tableCount, 3);
  out.write(choice.length, 15);
  const recent = tables.map((_, table) => table);
  for (const table of choice) {
    const place = recent.indexOf(table);
    recent.splice(place, 1);
    recent.unshift(table);
    for (let i = 0; i < place; i++) out.write(1, 1);
    out.write(0, 1);
  }
  for (const lengths of tables) writeLengths(lengths, out);
  const codes = tables.map(canonicalCodes);
  symbols.forEach((symbol, i) => {
    const table = choice[Math.floor(i / GROUP_SYMBOLS)]!;
    out.write(codes[table]![symbol]!, tables[table]![symbol]!);
  });
}

/** Starts from tables that each favour a band of the alphabet, then refines. */
function fitTables(symbols: Uint16Array, alphabetSize: number, tableCount: number): { tables: Uint8Array[]; choice: number[] } {
  let tables: Uint8Array[] = Array.from({ length: tableCount }, (_, table) =>
    Uint8Array.from({ length: alphabetSize }, (_, symbol) => (Math.min(31 - Math.clz32(symbol + 1), tableCount - 1) === table ? 2 : 15)),
  );
  let choice: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const counts = tables.map(() => new Uint32Array(alphabetSize));
    choice = [];
    for (let from = 0; from < symbols.length; from += GROUP_SYMBOLS) {
      const group = symbols.subarray(from, from + GROUP_SYMBOLS);
      const costs = tables.map((lengths) => group.reduce((bits, symbol) => bits + lengths[symbol]!, 0));
      const best = costs.indexOf(Math.min(...costs));
      choice.push(best);
      for (const symbol of group) counts[best]![symbol]!++;
    }
    tables = counts.map((count) => codeLengths(count));
  }
  return { tables, choice };
}

/** Sixteen bits say which sixteenths of the byte range occur, then sixteen bits for each that does. */
function writeUsedBytes(used: boolean[], out: BitWriter): void {
  const rows = Array.from({ length: 16 }, (_, row) => used.slice(row * 16, row * 16 + 16));
  for (const row of rows) out.write(row.includes(true) ? 1 : 0, 1);
  for (const row of rows) if (row.includes(true)) for (const bit of row) out.write(bit ? 1 : 0, 1);
}

/** The first length in five bits, then each by steps: 10 one up, 11 one down, 0 there. */
function writeLengths(lengths: Uint8Array, out: BitWriter): void {
  let current = lengths[0]!;
  out.write(current, 5);
  for (const length of lengths) {
    for (; current < length; current++) out.write(2, 2);
    for (; current > length; current--) out.write(3, 2);
    out.write(0, 1);
  }
}
