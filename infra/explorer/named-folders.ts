/**
 * Runs and evaluations as the page calls them. In: folders. Out: name -> folder of each, in order: the folder's own name, with a number where two have the same. Can go wrong: RUN_NOT_FOUND for a folder that
 * holds neither.
 */
import { basename, join, resolve } from 'node:path';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { layout } from '../checkpoints/run-layout.ts';
import { evaluationLayout } from '../evaluations/evaluation-layout.ts';
import type { FileSystem } from '../file-system/file-system.ts';

export interface NamedFolders {
  readonly runs: ReadonlyMap<string, string>;
  /** Of benchmarks, as `evaluate` writes them. */
  readonly evaluations: ReadonlyMap<string, string>;
}

/** @param folder that the directories are relative to */
export async function namedFolders(fileSystem: FileSystem, folder: string, directories: readonly string[]): Promise<NamedFolders> {
  const [runs, evaluations] = [new Map<string, string>(), new Map<string, string>()];
  const holds = async (directory: string, file: string): Promise<boolean> => (await fileSystem.size(join(directory, file))) !== null;
  for (const given of directories) {
    const directory = resolve(folder, given);
    const kind = (await holds(directory, layout.manifest)) ? runs : (await holds(directory, evaluationLayout.identity)) ? evaluations : null;
    if (kind === null) throw new PretrainZeroError('RUN_NOT_FOUND', 'the folder holds neither a run nor an evaluation', { file: given });
    if (![...kind.values()].includes(directory)) kind.set(freeName(basename(directory), kind), directory);
  }
  return { runs, evaluations };
}

function freeName(name: string, taken: ReadonlyMap<string, string>): string {
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? name : `${name} (${i})`;
    if (!taken.has(candidate)) return candidate;
  }
}
