/** `npm run bench -- flow|corpus|log|learning [--json]`: runs one bench and prints its rows, as a table or as JSON. */
import { parseArgs } from 'node:util';

type Rows = readonly object[];

const benches: Readonly<Record<string, (svgFile: string | undefined) => Promise<Rows>>> = {
  flow: async () => (await import('./flow.ts')).benchFlow(),
  corpus: async () => (await import('./corpus.ts')).benchCorpus(),
  learning: async (svgFile) => (await import('./learning.ts')).benchLearning(svgFile),
  log: async () => (await import('./log.ts')).benchLog(),
};

const { positionals, values: flags } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false }, svg: { type: 'string' } } });
const name = positionals[0] ?? '';
const bench = benches[name];
if (bench === undefined) {
  process.stderr.write(`usage: npm run bench -- ${Object.keys(benches).join('|')} [--json]   (learning: [--svg FILE])\n`);
  process.exitCode = 2;
} else {
  const rows = await bench(flags.svg);
  process.stdout.write(flags.json ? `${JSON.stringify(rows, null, 2)}\n` : table(rows));
}

/** One line a row under a line of the keys, columns aligned: numbers to the right. */
function table(rows: Rows): string {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [keys, ...rows.map((row) => keys.map((key) => cell((row as Readonly<Record<string, unknown>>)[key])))];
  const widths = keys.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const pad = (text: string, column: number): string => (/^-?[\d.,]+$/.test(text) ? text.padStart(widths[column]!) : text.padEnd(widths[column]!));
  return cells.map((row) => `${row.map(pad).join('  ').trimEnd()}\n`).join('');
}

function cell(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) >= 100 ? 0 : 2);
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
