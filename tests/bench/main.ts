/**
 * `npm run bench -- flow|corpus|log|learning|engine|explorer|kafka|tinker [--json|--markdown]`: runs one bench and prints its rows, as a table, as JSON, or as the table of a
 * Markdown page.
 */
import { parseArgs } from 'node:util';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { engineBenchOptions } from './engine/engine-bench-options.ts';
import { alignedTable, markdownTable } from './table.ts';

type Rows = readonly object[];

const { positionals, values: flags } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
    svg: { type: 'string' },
    only: { type: 'string' },
    models: { type: 'string' },
    backends: { type: 'string' },
  },
});

const benches: Readonly<Record<string, () => Promise<Rows>>> = {
  flow: async () => (await import('./flow.ts')).benchFlow(),
  corpus: async () => (await import('./corpus.ts')).benchCorpus(),
  learning: async () => (await import('./learning.ts')).benchLearning(flags.svg),
  log: async () => (await import('./log.ts')).benchLog(),
  explorer: async () => (await import('./explorer/bench-explorer.ts')).benchExplorer(),
  kafka: async () => (await import('./kafka/bench-kafka.ts')).benchKafka(flags.only),
  tinker: async () => (await import('./tinker/bench-tinker.ts')).benchTinker(),
  engine: async () => (await import('./engine/bench-engine.ts')).benchEngine(engineBenchOptions(flags)),
};

const usage = `usage: npm run bench -- ${Object.keys(benches).join('|')} [--json|--markdown]
  learning: [--svg FILE]
  engine:   [--only step,sampling,training,arithmetic] [--models 5m,135m] [--backends native,wasm,webgpu]
  kafka:    [--only hop,codec,scale]
`;

const bench = benches[positionals[0] ?? ''];
if (bench === undefined) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  try {
    const rows = await bench();
    const print = flags.markdown ? markdownTable : alignedTable;
    process.stdout.write(flags.json ? `${JSON.stringify(rows, null, 2)}\n` : print(rows));
  } catch (cause) {
    if (!(cause instanceof PretrainZeroError)) throw cause;
    process.stderr.write(`${cause.message}\n`);
    process.exitCode = cause.code === 'CONFIG_INVALID' ? 2 : 1;
  }
}
