/** A file as it is, as a byte stream. Every byte is a read point. Fails as the file's reads fail. */
import type { ByteChunk, ByteStream } from '../../operators/corpus/byte-stream.ts';
import type { InputFile } from '../../operators/corpus/input-file.ts';

const chunkBytes = 1 << 18;

export function plainBytes(file: InputFile): ByteStream {
  return {
    async *chunks(from): AsyncGenerator<ByteChunk, void> {
      for (let at = from.at + from.skip; at < file.byteLength; ) {
        const bytes = await file.read(at, Math.min(at + chunkBytes, file.byteLength));
        if (bytes.length === 0) return;
        yield { kind: 'bytes', bytes, at, skip: 0, seekable: true, byteOffset: at };
        at += bytes.length;
      }
    },
  };
}
