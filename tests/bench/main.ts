/** `npm run bench -- flow|corpus|log [--json]`: runs one bench and prints its figures, as a table or as JSON. */
import type { BenchRow } from './bench-row.ts';

const benches: Readonly<Record<string, () => Promise<readonly BenchRow[]>>> = {
  flow: async () => (await import('./flow.ts')).benchFlow(),
};

const [name = '', ...flags] = process.argv.slice(2);
const bench = benches[name];
if (bench === undefined) {
  process.stderr.write(`usage: npm run bench -- ${Object.keys(benches).join('|')} [--json]\n`);
  process.exitCode = 2;
} else {
  const rows = await bench();
  process.stdout.write(flags.includes('--json') ? `${JSON.stringify(rows, null, 2)}\n` : rows.map(line).join(''));
}

function line({ name: figure, value, unit, note }: BenchRow): string {
  const digits = Math.abs(value) >= 100 ? 0 : 2;
  return `${figure.padEnd(32)} ${value.toFixed(digits).padStart(12)} ${unit.padEnd(8)} ${note ?? ''}\n`;
}
