/** Which files of a run may be read by the page: its log. Weights and everything unknown stay closed. In: a path relative to the run, with `/`. Nothing can go wrong. */
import { layout } from '../../checkpoints/run-layout.ts';
import { logTables } from '../../sample-log/log-tables.ts';

const folders: ReadonlySet<string> = new Set(logTables.map(({ folder }) => folder));
const files: ReadonlySet<string> = new Set([layout.manifest, layout.config, layout.timings]);
const partName = /^step=\d{6,9}\.parquet$/;
const tokenizer = /^checkpoints\/step-\d{6,9}\/tokenizer\.json$/;

export function isRunFile(path: string): boolean {
  const cut = path.lastIndexOf('/');
  return files.has(path) || tokenizer.test(path) || (folders.has(path.slice(0, cut)) && partName.test(path.slice(cut + 1)));
}

export function isTable(folder: string): boolean {
  return folders.has(folder);
}
