/** In: a byte stream. Out: the same, or one damage event where the file begins as UTF-16 does. */
import type { ByteStream } from './byte-stream.ts';
import { looksLikeUtf16 } from './decode-utf8.ts';

export function refuseUtf16(stream: ByteStream): ByteStream {
  return {
    async *chunks(from) {
      let first = from.at === 0 && from.skip === 0;
      for await (const chunk of stream.chunks(from)) {
        if (first && chunk.kind === 'bytes' && looksLikeUtf16(chunk.bytes)) {
          yield { kind: 'damage', code: 'INPUT_UNDECODABLE', message: 'the file is UTF-16, not UTF-8', byteOffset: 0, next: null };
          return;
        }
        first = false;
        yield chunk;
      }
    },
  };
}
