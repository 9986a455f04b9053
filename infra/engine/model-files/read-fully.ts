/** Reads of model files. In: a path, a range of bytes. Out: those bytes. Wrong: MODEL_INVALID where the file cannot be opened or ends too early. */
import { open, type FileHandle } from 'node:fs/promises';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';

/** Reads are cut into pieces: one call takes at most 2 GiB. */
const pieceBytes = 64 * 2 ** 20;

/** @throws MODEL_INVALID */
export async function openToRead(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    throw new PretrainZeroError('MODEL_INVALID', 'The file is missing or cannot be read', { file: path }, cause);
  }
}

/** Fills `target` with the bytes from `position` on. @throws MODEL_INVALID */
export async function readFully(handle: FileHandle, file: string, target: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < target.length) {
    const wanted = Math.min(pieceBytes, target.length - done);
    const { bytesRead } = await handle.read(target, done, wanted, position + done);
    if (bytesRead === 0) {
      throw new PretrainZeroError('MODEL_INVALID', 'The file ends too early', { file, byteOffset: position + done });
    }
    done += bytesRead;
  }
}
