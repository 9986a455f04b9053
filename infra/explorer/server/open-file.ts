/** In: a folder, a path within it, and which paths are open. Out: the file's real path, or null for what is not open, is not there, or leads out of the folder by a link. */
import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

export async function openFile(directory: string, path: string, isOpen: (path: string) => boolean): Promise<string | null> {
  if (!isOpen(path)) return null;
  try {
    const [root, file] = await Promise.all([realpath(directory), realpath(join(directory, path))]);
    return file.startsWith(root + sep) ? file : null;
  } catch {
    return null; // gone, or not to be read
  }
}
