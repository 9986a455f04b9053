/**
 * What a failed file operation means to a person. In: what was thrown, and the file. Out: DISK_FULL, NOT_WRITABLE, or what was
 * thrown where it is neither.
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
};

export function fileError(error: unknown, file: string): unknown {
  const meaning = meanings[systemCode(error) ?? ''];
  if (meaning === undefined) return error;
  return new PretrainZeroError(meaning[0], meaning[1], { file }, error);
}

/** Runs file operations that concern `file`; what they throw goes through `fileError`. */
export async function onFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(error, file);
  }
}
