/**
 * In: a path and bytes. Out: the bytes on the disk, fsynced. Wrong: DISK_FULL, NOT_WRITABLE. Replaces what was there by
 * rename, so a reader sees the old file or the new one.
 */
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';

/** @throws DISK_FULL, NOT_WRITABLE */
export async function writeDurably(path: string, pieces: Iterable<Uint8Array>): Promise<void> {
  const temporary = `${path}.partial`;
  try {
    await withHandle(temporary, 'w', async (handle) => {
      for (const piece of pieces) await writeFully(handle, piece);
      await handle.sync();
    });
    await rename(temporary, path);
    await syncDirectory(dirname(path));
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw asWriteError(cause, path);
  }
}

/** Makes names created or removed in a folder durable. */
export async function syncDirectory(directory: string): Promise<void> {
  await withHandle(directory, 'r', (handle) => handle.sync());
}

/** The error of a failed write as one that says what to do; any other error as it is. */
export function asWriteError(cause: unknown, file: string): unknown {
  const code = cause instanceof Error ? (cause as NodeJS.ErrnoException).code : undefined;
  if (code === undefined || cause instanceof PretrainZeroError) return cause;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new PretrainZeroError('DISK_FULL', 'No space left for the file', { file }, cause);
  return new PretrainZeroError('NOT_WRITABLE', `The file cannot be written: ${code}`, { file }, cause);
}

async function withHandle(path: string, flags: string, use: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await open(path, flags);
  try {
    await use(handle);
  } finally {
    await handle.close();
  }
}

const pieceBytes = 64 * 2 ** 20; // one call takes at most 2 GiB

async function writeFully(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, Math.min(pieceBytes, bytes.length - done));
    done += bytesWritten;
  }
}
