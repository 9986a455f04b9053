/**
 * A gzip file as a byte stream, all its members. In: a file. Out: decoded bytes; reading can begin again only at the start, so points are decoded
 * offsets. Damage ends the file. Fails as the file's reads fail.
 */
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ByteChunk, ByteDamage, ByteStream } from '../../operators/corpus/byte-stream.ts';
import type { InputFile } from '../../operators/corpus/input-file.ts';

const readBytes = 1 << 18;

export function gzipBytes(file: InputFile): ByteStream {
  return {
    async *chunks(from): AsyncGenerator<ByteChunk | ByteDamage, void> {
      const packed = Readable.from(stored(file), { objectMode: false });
      const gunzip = createGunzip();
      packed.on('error', (error) => gunzip.destroy(new ReadFailed(error)));
      let given = 0;
      try {
        for await (const piece of packed.pipe(gunzip) as AsyncIterable<Buffer>) {
          const cut = Math.max(0, Math.min(piece.length, from.skip - given));
          const bytes = piece.subarray(cut);
          if (bytes.length > 0) yield { kind: 'bytes', bytes, at: 0, skip: given + cut, seekable: false, byteOffset: 0 };
          given += piece.length;
        }
      } catch (error) {
        if (error instanceof ReadFailed) throw error.reason;
        const message = `gzip: ${error instanceof Error ? error.message : String(error)} after ${given} decoded bytes`;
        const code = /unexpected end/i.test(message) ? 'INPUT_TRUNCATED' : 'INPUT_MALFORMED';
        yield { kind: 'damage', code, message, byteOffset: 0, next: null };
      } finally {
        packed.destroy();
        gunzip.destroy();
      }
    },
  };
}

/** An error of the file, not of what is in it. */
class ReadFailed extends Error {
  readonly reason: Error;

  constructor(reason: Error) {
    super(reason.message);
    this.reason = reason;
  }
}

async function* stored(file: InputFile): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.byteLength; ) {
    const bytes = await file.read(at, Math.min(at + readBytes, file.byteLength));
    if (bytes.length === 0) return;
    at += bytes.length;
    yield bytes;
  }
}
