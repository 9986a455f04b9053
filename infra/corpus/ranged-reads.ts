/**
 * Small reads from a far file. In: a way to fetch a range. Out: reads of any size, served from blocks of 4 MiB, the last three of which are kept. Reads of
 * the same bytes are fetched once. Errors: those of the fetch.
 */
import type { InputFile } from '../../operators/corpus/input-file.ts';

const blockBytes = 4 << 20;
const keptBlocks = 3;

export function rangedReads(byteLength: number, fetchRange: (start: number, end: number) => Promise<Uint8Array>): Pick<InputFile, 'read' | 'close'> {
  const blocks = new Map<number, Promise<Uint8Array>>();
  const block = (index: number): Promise<Uint8Array> => {
    const known = blocks.get(index);
    const bytes = known ?? fetchRange(index * blockBytes, Math.min((index + 1) * blockBytes, byteLength));
    blocks.delete(index);
    blocks.set(index, bytes);
    if (known === undefined) {
      bytes.catch(() => blocks.delete(index));
      if (blocks.size > keptBlocks) blocks.delete(blocks.keys().next().value!);
    }
    return bytes;
  };
  return {
    async read(start, end) {
      const stop = Math.min(end, byteLength);
      const bytes = new Uint8Array(Math.max(0, stop - start));
      for (let at = start; at < stop; ) {
        const index = Math.floor(at / blockBytes);
        const source = await block(index);
        const offset = at - index * blockBytes;
        const piece = source.subarray(offset, Math.min(source.length, offset + stop - at));
        bytes.set(piece, at - start);
        at += piece.length;
      }
      return bytes;
    },
    close() {
      blocks.clear();
      return Promise.resolve();
    },
  };
}
