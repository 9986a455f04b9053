/** Whole files. Every write is synced before it resolves. Fails with the system's errors. */
import { basename, dirname, join } from 'node:path';
import type { FileSystem } from './file-system.ts';

/** Writes a file that nobody reads yet. */
export async function writeFile(fileSystem: FileSystem, path: string, bytes: Uint8Array | string): Promise<void> {
  const handle = await fileSystem.create(path);
  try {
    await handle.write(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Puts a file in the place of another: a reader, or whoever comes after a crash, finds the old or the new, whole. */
export async function replaceFile(fileSystem: FileSystem, path: string, bytes: Uint8Array | string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.new`);
  await writeFile(fileSystem, temporary, bytes);
  await fileSystem.rename(temporary, path);
  await fileSystem.syncDirectory(dirname(path));
}

/** Adds to a file's end. */
export async function appendFile(fileSystem: FileSystem, path: string, bytes: Uint8Array | string, options: { readonly sync: boolean }): Promise<void> {
  const handle = await fileSystem.append(path);
  try {
    await handle.write(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
    if (options.sync) await handle.sync();
  } finally {
    await handle.close();
  }
}
