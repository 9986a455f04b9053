/**
 * Small parts that came in one piece. In: their bytes, one after the other, and the parts in that order. Out: a `PartBytes` over them. Can go wrong: LOG_DAMAGED where
 * there are more or fewer bytes than the manifest tells.
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { Part, PartBytes } from './part-bytes.ts';

export function packedParts(bytes: ArrayBuffer, parts: readonly Part[]): PartBytes {
  const offsets = new Map<string, number>();
  let at = 0;
  for (const { path, bytes: length } of parts) {
    offsets.set(path, at);
    at += length;
  }
  if (at !== bytes.byteLength) throw new PretrainZeroError('LOG_DAMAGED', `${bytes.byteLength} bytes came of ${parts.length} parts that have ${at}`, parts[0] && { file: parts[0].path });
  return {
    read({ path }, start, end) {
      const offset = offsets.get(path);
      if (offset === undefined) return Promise.reject(new PretrainZeroError('LOG_DAMAGED', 'the part is not among those that came', { file: path }));
      return Promise.resolve(bytes.slice(offset + start, offset + end));
    },
  };
}
