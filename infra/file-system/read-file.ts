/** Whole files, read. Fails with the system's errors; ENOENT where there is none, unless said otherwise. */
import { createHash } from 'node:crypto';
import type { FileSystem } from './file-system.ts';

/** Read at a time where a file is only passed over. */
const chunkBytes = 1 << 20;

export async function readFile(fileSystem: FileSystem, path: string): Promise<Uint8Array> {
  const handle = await fileSystem.openRead(path);
  try {
    return await handle.read(0, handle.byteLength);
  } finally {
    await handle.close();
  }
}

/** The text of a UTF-8 file; null where there is none. */
export async function readText(fileSystem: FileSystem, path: string): Promise<string | null> {
  if ((await fileSystem.size(path)) === null) return null;
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readFile(fileSystem, path));
}

/** SHA-256 of a file, hexadecimal, in bounded memory. */
export async function sha256File(fileSystem: FileSystem, path: string): Promise<string> {
  const hash = createHash('sha256');
  const handle = await fileSystem.openRead(path);
  try {
    for (let start = 0; start < handle.byteLength; start += chunkBytes) hash.update(await handle.read(start, start + chunkBytes));
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}

/** Paths of all files below a folder, relative to it, in order of name. */
export async function filesBelow(fileSystem: FileSystem, directory: string, prefix = ''): Promise<string[]> {
  const files: string[] = [];
  for (const { name, kind } of await fileSystem.list(`${directory}/${prefix}`)) {
    if (kind === 'file') files.push(prefix + name);
    else files.push(...(await filesBelow(fileSystem, directory, `${prefix}${name}/`)));
  }
  return files;
}
