/**
 * What a failed file operation means to a person. In: what was thrown, and the file. Out: DISK_FULL, or NOT_WRITABLE with the system's reason; what was
 * thrown where no system refused anything, or where it is told already.
 */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { ErrorCode } from '../../schemas/error-codes.ts';
import { systemCode } from './system-code.ts';

const meanings: Readonly<Record<string, readonly [code: ErrorCode, what: string]>> = {
  ENOSPC: ['DISK_FULL', 'the disk is full'],
  EDQUOT: ['DISK_FULL', 'the disk quota is used up'],
  EACCES: ['NOT_WRITABLE', 'permission denied'],
  EPERM: ['NOT_WRITABLE', 'permission denied'],
  EROFS: ['NOT_WRITABLE', 'the file system is read-only'],
  ENOTDIR: ['NOT_WRITABLE', 'a part of the path is a file, not a folder'],
  EEXIST: ['NOT_WRITABLE', 'there is a file where a folder should be'],
  ENOENT: ['NOT_WRITABLE', 'a folder of the path is gone, or cannot be made'],
};

export function fileError(error: unknown, file: string): unknown {
  const code = systemCode(error);
  if (code === null || error instanceof PretrainZeroError) return error;
  const [meaning, what] = meanings[code] ?? ['NOT_WRITABLE', `the system refuses it: ${code}`];
  return new PretrainZeroError(meaning, what, { file }, error);
}

/** Runs file operations that write `file`; what they throw goes through `fileError`. */
export async function onFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(error, file);
  }
}

/** Runs file operations that only read `file`: what the system refuses is NOT_READABLE. */
export async function onRead<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = systemCode(error);
    throw code === null || error instanceof PretrainZeroError ? error : new PretrainZeroError('NOT_READABLE', `the system refuses it: ${code}`, { file: pathOf(error) ?? file }, error);
  }
}

/** The path that the system names. */
function pathOf(error: unknown): string | null {
  return error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : null;
}
