/** What a run leaves behind, for tests that compare two runs: the run is real but for engine and tokenizer, on a small corpus made for it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from '../../pipelines/launch.ts';
import type { RunEvent } from '../../pipelines/run-events.ts';
import type { RunParts } from '../../pipelines/run-parts.ts';
import type { Config } from '../../schemas/config/config.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { createStubEngine } from '../stub-engine.ts';
import { createStubTokenizer } from '../stub-tokenizer.ts';
import { newDirectory } from './stub-run.ts';

/** Parts of the record by name: folders of the log, `checkpoints` (weights), `kept` (checkpoint folders), `engine` (requests), `tensorboard` (whether it is there), `started`, `progress`, `outcome`. */
export type RunRecord = ReadonlyMap<string, string>;

interface LoggedLine {
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  readonly checkpoint: { readonly folder: string; readonly files: readonly { readonly path: string; readonly sha256: string }[] } | null;
}

/** Runs a config. One that is refused has the code as its only part, `refused`. */
export async function recordRun(config: Config, parts: Partial<RunParts> = {}): Promise<RunRecord> {
  const directory = join(newDirectory(), 'run');
  const engine = createStubEngine({ accuracy: 0.6 });
  const events: RunEvent[] = [];
  const run = launch(config, { directory, parts: { engine, tokenizer: createStubTokenizer(), ...parts } });
  run.events.subscribe((event) => events.push(event));
  try {
    const outcome = await run.done;
    const record = new Map<string, string>(loggedParts(directory));
    record.set('tensorboard', String(existsSync(join(directory, 'metrics', 'tensorboard'))));
    record.set('engine', JSON.stringify(engine.requests));
    record.set('kept', readdirSync(join(directory, 'checkpoints')).sort().join());
    record.set('started', JSON.stringify({ ...events.find((event) => event.type === 'started'), directory: '' }));
    record.set('progress', JSON.stringify(events.filter((event) => event.type === 'stage-progress')));
    record.set('outcome', JSON.stringify({ ...outcome, directory: '' }));
    return record;
  } catch (error) {
    if (error instanceof PretrainZeroError) return new Map([['refused', error.code]]);
    throw error;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Checksums of the manifest by folder, in order of steps. */
function loggedParts(directory: string): Map<string, string> {
  const parts = new Map<string, string>();
  const add = (name: string, path: string, sha256: string): void => void parts.set(name, `${parts.get(name) ?? ''}${path} ${sha256}\n`);
  for (const text of readFileSync(join(directory, 'manifest.jsonl'), 'utf8').trimEnd().split('\n')) {
    const line = JSON.parse(text) as LoggedLine;
    for (const { path, sha256 } of line.files) add(path.slice(0, path.lastIndexOf('/')), path, sha256);
    for (const { path, sha256 } of line.checkpoint?.files ?? []) add('checkpoints', `${line.checkpoint!.folder}/${path}`, sha256);
  }
  return parts;
}

export interface SmallCorpus {
  /** JSONL of pages: mostly short, one long, one very long, one a near copy of another. */
  readonly jsonl: string;
  readonly otherJsonl: string;
  /** A held-out text that the corpus holds too. */
  readonly exclude: string;
  readonly cloze: string;
  readonly probe: string;
}

export function writeSmallCorpus(): SmallCorpus {
  const folder = join(newDirectory(), 'corpus');
  mkdirSync(folder);
  const pages = Array.from({ length: 14 }, (_, i) => ({ title: `Page ${i}`, text: pageText(i) }));
  const extra = [
    { title: 'Copy', text: `${pageText(3)} Once.` },
    { title: 'Long', text: Array.from({ length: 12 }, (_, i) => pageText(100 + i)).join(' ') },
    { title: 'Huge', text: Array.from({ length: 60 }, (_, i) => pageText(200 + i)).join(' ') },
  ];
  const write = (name: string, rows: readonly object[]): string => {
    const file = join(folder, name);
    writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    return file;
  };
  const text = pageText(50);
  const items = Array.from({ length: 4 }, (_, i) => ({ id: `c${i}`, title: 'Held', text, start: 0, end: 7, mask: text.slice(0, 7), class: 'knowledge' }));
  return {
    jsonl: write('pages.jsonl', [...pages, ...extra]),
    otherJsonl: write('other.jsonl', pages.map(({ title }, i) => ({ title, text: pageText(300 + i) }))),
    exclude: write('exclude.jsonl', [{ text: pageText(2) }]),
    cloze: write('cloze.jsonl', items),
    probe: write('probe.jsonl', [{ id: 'p1', title: 'Held', text, spans: [{ start: 0, end: 7, class: 'knowledge' }] }]),
  };
}

function pageText(i: number): string {
  const name = `${['Avora', 'Belin', 'Corva', 'Dunme', 'Estel'][i % 5]!}${String(i).padStart(2, '0')}`;
  const river = ['Ost', 'Ram', 'Lyd'][i % 3]!;
  return `${name} lies on the river ${river} below the hills, and the river ${river} feeds the ${i + 2} mills of ${name}. The town was founded in ${1200 + ((i * 37) % 700)} by people from ${['Kest', 'Morl', 'Vand', 'Tarn'][i % 4]!}.`;
}
