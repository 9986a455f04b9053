/**
 * Which files of a run may be read by the page. In: a run's folder and a path. Out: the file's real path, or null for what is not part of the log, is not there, or leads out of
 * the folder by a link. Weights and everything unknown stay closed.
 */
import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { layout } from '../../checkpoints/run-layout.ts';
import { logTables } from '../../sample-log/log-tables.ts';

const folders: ReadonlySet<string> = new Set(logTables.map(({ folder }) => folder));
const files: ReadonlySet<string> = new Set([layout.manifest, layout.config, layout.timings]);
const partName = /^step=\d{6,9}\.parquet$/;
const tokenizer = /^checkpoints\/step-\d{6,9}\/tokenizer\.json$/;

/** @param path relative to the run, with `/`. */
export function isOpen(path: string): boolean {
  const cut = path.lastIndexOf('/');
  return files.has(path) || tokenizer.test(path) || (folders.has(path.slice(0, cut)) && partName.test(path.slice(cut + 1)));
}

export function isTable(folder: string): boolean {
  return folders.has(folder);
}

export async function openFile(directory: string, path: string): Promise<string | null> {
  if (!isOpen(path)) return null;
  try {
    const [root, file] = await Promise.all([realpath(directory), realpath(join(directory, path))]);
    return file.startsWith(root + sep) ? file : null;
  } catch {
    return null; // gone, or not to be read
  }
}
