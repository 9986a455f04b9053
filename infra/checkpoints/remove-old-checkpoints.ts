/**
 * Removes all but the newest checkpoints. In: the manifest's lines. A checkpoint leaves its place in one rename and is taken apart
 * in the staging folder: half a checkpoint is never seen. Fails with the system's errors.
 */
import { basename, join } from 'node:path';
import type { FileSystem } from '../file-system/file-system.ts';
import type { ManifestLine } from './manifest-line.ts';
import { layout } from './run-layout.ts';

export async function removeOldCheckpoints(fileSystem: FileSystem, directory: string, lines: readonly ManifestLine[], keep: number): Promise<void> {
  const folders = lines.flatMap(({ checkpoint }) => (checkpoint === null ? [] : [checkpoint.folder]));
  const old = new Set(folders.slice(0, Math.max(0, folders.length - keep)).map((folder) => basename(folder)));
  for (const { name } of await fileSystem.list(join(directory, layout.checkpoints))) {
    if (!old.has(name)) continue;
    const aside = join(directory, layout.staging, `removed-${name}`);
    await fileSystem.rename(join(directory, layout.checkpoints, name), aside);
    await fileSystem.remove(aside);
  }
}
