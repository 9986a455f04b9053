/** Size and SHA-256 of files, told and checked. Fails with the system's errors alone: a wrong file is an answer. */
import { join } from 'node:path';
import type { FileSystem } from '../file-system/file-system.ts';
import { filesBelow, sha256File } from '../file-system/read-file.ts';
import type { ManifestFile } from './manifest-line.ts';

/** Every file below a folder. Paths are relative to that folder. */
export async function checksumFolder(fileSystem: FileSystem, folder: string): Promise<ManifestFile[]> {
  const files: ManifestFile[] = [];
  for (const path of await filesBelow(fileSystem, folder)) {
    const file = join(folder, path);
    files.push({ path, bytes: (await fileSystem.size(file)) ?? 0, sha256: await sha256File(fileSystem, file) });
  }
  return files;
}

/** What is wrong with a file; null where nothing is. `content: false` looks at its size alone. */
export async function checkFile(
  fileSystem: FileSystem,
  folder: string,
  expected: ManifestFile,
  { content }: { readonly content: boolean },
): Promise<string | null> {
  const file = join(folder, expected.path);
  const bytes = await fileSystem.size(file);
  if (bytes === null) return 'the file is missing';
  if (bytes !== expected.bytes) return `the file has ${bytes} bytes; the manifest says ${expected.bytes}`;
  if (content && (await sha256File(fileSystem, file)) !== expected.sha256) return 'the SHA-256 is not the one of the manifest';
  return null;
}
