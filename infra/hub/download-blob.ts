/**
 * Brings one file of a model into the cache. In: the file, and where its content belongs. Out: the content there, whole and checked against its digest.
 * Wrong: NETWORK_FAILED, DISK_FULL, NOT_WRITABLE.
 *
 * What came is kept in `PATH.incomplete`, and a later try goes on from there. Bytes are written at their own place, so two processes that bring the
 * same file do not harm each other.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { constants, mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { asWriteError, syncDirectory } from '../engine/model-files/write-durably.ts';
import type { HubFile, HubModel } from './hub-model.ts';
import type { HubOptions } from './hub-options.ts';
import { hubRanges, type ReadRange } from './hub-ranges.ts';

const pieceBytes = 32 * 2 ** 20; // of one request

/** @throws NETWORK_FAILED, DISK_FULL, NOT_WRITABLE */
export async function downloadBlob(model: HubModel, commit: string, file: HubFile, path: string, options: HubOptions): Promise<void> {
  if (existsSync(path)) return;
  const incomplete = `${path}.incomplete`;
  const address = `${model.address}/${file.path}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await fill(incomplete, file.size, reader(model, commit, file, address, options));
    if ((await digestOf(incomplete, file)) !== file.digest.value) {
      await rm(incomplete, { force: true });
      throw new PretrainZeroError('NETWORK_FAILED', 'What came is not what the hub has: its digest is another', { file: address });
    }
    await rename(incomplete, path);
    await syncDirectory(dirname(path));
  } catch (cause) {
    if (!existsSync(path)) throw asWriteError(cause, path);
  }
}

function reader({ name }: HubModel, revision: string, { path }: HubFile, address: string, options: HubOptions): ReadRange {
  const gone = (): PretrainZeroError => new PretrainZeroError('MODEL_INVALID', 'The file is no longer in the model', { file: address });
  return hubRanges({ repo: { type: 'model', name }, revision, path, address }, options, gone);
}

async function fill(path: string, size: number, read: ReadRange): Promise<void> {
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT);
  try {
    const { size: there } = await handle.stat();
    if (there > size) await handle.truncate(0);
    for (let done = there > size ? 0 : there; done < size; ) {
      const bytes = await read(done, Math.min(done + pieceBytes, size));
      await writeAt(handle, bytes, done);
      done += bytes.length;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeAt(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
}

async function digestOf(path: string, { size, digest }: HubFile): Promise<string> {
  const hash = createHash(digest.kind === 'git' ? 'sha1' : 'sha256');
  if (digest.kind === 'git') hash.update(`blob ${size}\0`);
  for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
  return hash.digest('hex');
}
