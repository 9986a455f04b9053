/**
 * A gzip file as a byte stream, all its members. In: a file. Out: decoded bytes; reading can begin again only at the start, so points are decoded
 * offsets. Damage ends the file. Fails as the file's reads fail.
 */
import { once } from 'node:events';
import { createGunzip } from 'node:zlib';
import type { ByteChunk, ByteDamage, ByteStream } from '../../operators/corpus/byte-stream.ts';
import type { InputFile } from '../../operators/corpus/input-file.ts';

const readBytes = 1 << 18;

export function gzipBytes(file: InputFile): ByteStream {
  return {
    async *chunks(from): AsyncGenerator<ByteChunk | ByteDamage, void> {
      const gunzip = createGunzip();
      let failure: unknown = null;
      const feeding = feed(file, gunzip).catch((error: unknown) => {
        failure = error;
        gunzip.destroy();
      });
      let given = 0;
      try {
        for await (const piece of gunzip as AsyncIterable<Buffer>) {
          const cut = Math.max(0, Math.min(piece.length, from.skip - given));
          const bytes = piece.subarray(cut);
          if (bytes.length > 0) yield { kind: 'bytes', bytes, at: 0, skip: given + cut, seekable: false, byteOffset: 0 };
          given += piece.length;
        }
      } catch (error) {
        if (failure !== null) throw failure;
        const message = `gzip: ${error instanceof Error ? error.message : String(error)} after ${given} decoded bytes`;
        const code = /unexpected end/i.test(message) ? 'INPUT_TRUNCATED' : 'INPUT_MALFORMED';
        yield { kind: 'damage', code, message, byteOffset: 0, next: null };
        return;
      } finally {
        gunzip.destroy();
        await feeding;
      }
      if (failure !== null) throw failure;
    },
  };
}

async function feed(file: InputFile, gunzip: ReturnType<typeof createGunzip>): Promise<void> {
  for (let at = 0; at < file.byteLength && !gunzip.destroyed; ) {
    const bytes = await file.read(at, Math.min(at + readBytes, file.byteLength));
    if (bytes.length === 0) break;
    at += bytes.length;
    if (!gunzip.destroyed && !gunzip.write(bytes)) await Promise.race([once(gunzip, 'drain'), once(gunzip, 'close')]);
  }
  if (!gunzip.destroyed) gunzip.end();
}
