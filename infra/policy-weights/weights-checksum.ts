/** One checksum for a folder of weights. In: the folder. Out: SHA-256 over the names, sizes and checksums of its files, hexadecimal. Fails with the system's errors. */
import { createHash } from 'node:crypto';
import { checksumFolder } from '../checkpoints/checksums.ts';
import type { FileSystem } from '../file-system/file-system.ts';

export async function weightsChecksum(fileSystem: FileSystem, folder: string): Promise<string> {
  const files = await checksumFolder(fileSystem, folder);
  return createHash('sha256').update(files.map(({ path, bytes, sha256 }) => `${path} ${bytes} ${sha256}\n`).join('')).digest('hex');
}
