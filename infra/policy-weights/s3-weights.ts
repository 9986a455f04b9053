/**
 * Policy versions in object storage. In: a client, the prefix of all keys, and a folder of this process for what is on its way. Out: the port. A version is an object a file; it is announced once all are
 * there, and read into a folder of its own that is removed when it is closed.
 */
import { join } from 'node:path';
import type { PolicyWeights, StoredWeights } from '../../operators/ports/policy-weights.ts';
import { onFile } from '../file-system/file-error.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { filesBelow } from '../file-system/read-file.ts';
import { requireWeights } from './require-weights.ts';
import type { S3Client } from './s3/s3-client.ts';
import { downloadFile, uploadFile } from './s3/transfer-file.ts';
import { weightsChecksum } from './weights-checksum.ts';

/** @param prefix empty, or ending with a slash. @param scratch need not be there. */
export function s3Weights(client: S3Client, prefix: string, fileSystem: FileSystem, scratch: string): PolicyWeights {
  let opened = 0;
  const inScratch = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
    const folder = join(scratch, String(opened++));
    await onFile(folder, () => fileSystem.remove(folder));
    await onFile(folder, () => fileSystem.makeDirectory(folder));
    return work(folder);
  };
  const removeBelow = async (below: string): Promise<void> => {
    for (const { key } of await client.list(below)) await client.remove(key);
  };
  const download = async (stored: StoredWeights, directory: string): Promise<void> => {
    const below = `${prefix}${stored.address}/`;
    for (const object of await client.list(below)) await onFile(directory, () => downloadFile(fileSystem, client, object, join(directory, object.key.slice(below.length))));
    await requireWeights(fileSystem, directory, stored);
  };
  return {
    put: (address, save) =>
      inScratch(async (folder) => {
        try {
          await onFile(folder, () => save(folder));
          const sha256 = await weightsChecksum(fileSystem, folder);
          await removeBelow(`${prefix}${address}/`);
          for (const path of await filesBelow(fileSystem, folder)) await uploadFile(fileSystem, client, join(folder, path), `${prefix}${address}/${path}`);
          return { address, sha256 };
        } finally {
          await fileSystem.remove(folder);
        }
      }),
    open: (stored) =>
      inScratch(async (folder) => {
        const close = (): Promise<void> => fileSystem.remove(folder);
        try {
          await download(stored, folder);
        } catch (error) {
          await close();
          throw error;
        }
        return { directory: folder, close };
      }),
    copy: download,
    remove: (address) => removeBelow(`${prefix}${address}/`),
    clear: () => removeBelow(prefix),
  };
}
