/**
 * Runs as the page calls them. In: folders. Out: name -> folder, in order: the folder's own name, with a number where two have the same. Can go wrong: RUN_NOT_FOUND for a folder that
 * holds no run.
 */
import { basename, join, resolve } from 'node:path';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { layout } from '../checkpoints/run-layout.ts';
import type { FileSystem } from '../file-system/file-system.ts';

/** @param folder that the directories are relative to */
export async function namedRuns(fileSystem: FileSystem, folder: string, directories: readonly string[]): Promise<Map<string, string>> {
  const runs = new Map<string, string>();
  for (const given of directories) {
    const directory = resolve(folder, given);
    if ((await fileSystem.size(join(directory, layout.manifest))) === null) throw new PretrainZeroError('RUN_NOT_FOUND', 'the folder holds no run', { file: given });
    if ([...runs.values()].includes(directory)) continue;
    runs.set(freeName(basename(directory), runs), directory);
  }
  return runs;
}

function freeName(name: string, taken: ReadonlyMap<string, string>): string {
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? name : `${name} (${i})`;
    if (!taken.has(candidate)) return candidate;
  }
}
