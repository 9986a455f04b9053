/** Files to and from object storage, in bounded memory. In: a file and a key. Out: the other. Can go wrong: what the client and the file system throw. */
import { dirname } from 'node:path';
import type { FileSystem } from '../../file-system/file-system.ts';
import type { S3Client, S3Object } from './s3-client.ts';

/** Sent or fetched at a time. */
const chunkBytes = 32 << 20;
/** The storage takes no more parts. */
const mostParts = 10_000;

export async function uploadFile(fileSystem: FileSystem, client: S3Client, file: string, key: string): Promise<void> {
  const source = await fileSystem.openRead(file);
  try {
    const size = source.byteLength;
    if (size <= chunkBytes) return await client.put(key, await source.read(0, size));
    const upload = await client.beginUpload(key);
    try {
      const partBytes = Math.max(chunkBytes, Math.ceil(size / mostParts));
      for (let start = 0; start < size; start += partBytes) await upload.part(await source.read(start, start + partBytes));
      await upload.complete();
    } catch (error) {
      await upload.abort().catch(() => undefined); // what went wrong first is what is told
      throw error;
    }
  } finally {
    await source.close();
  }
}

/** The file is synced. */
export async function downloadFile(fileSystem: FileSystem, client: S3Client, { key, bytes }: S3Object, file: string): Promise<void> {
  await fileSystem.makeDirectory(dirname(file));
  const target = await fileSystem.create(file);
  try {
    for (let start = 0; start < bytes; start += chunkBytes) await target.write(await client.get(key, start, Math.min(start + chunkBytes, bytes)));
    await target.sync();
  } finally {
    await target.close();
  }
}
