/**
 * Zstandard by whatever is fastest here: Node's own where it has it (22.15, 23.8 and later), else WebAssembly. In: bytes. Out: frames that name their content's size, and what frames held; which library wrote a frame shows
 * in its bytes, so this is for messages and not for the log. Fails on frames that are damaged, or whose size is not the one expected.
 */
import * as zlib from 'node:zlib';
import { loadZstd, type Zstd } from '../sample-log/zstd.ts';

/** What Node's types do not know of yet. */
interface NativeZstd {
  readonly constants: { readonly ZSTD_c_compressionLevel: number };
  zstdCompressSync(bytes: Uint8Array, options: { chunkSize: number; pledgedSrcSize: number; params: Record<number, number> }): Buffer;
  zstdDecompressSync(frame: Uint8Array, options: { chunkSize: number; maxOutputLength: number }): Buffer;
}

export function fastestZstd(): Promise<Zstd> {
  return hasNative(zlib) ? Promise.resolve(nativeZstd(zlib)) : loadZstd();
}

function hasNative(library: object): library is NativeZstd {
  return 'zstdCompressSync' in library;
}

/** Node makes its output of chunks of this size and joins them: one is enough where it holds all. */
const leastChunkBytes = 64;
const frameBound = (bytes: number): number => bytes + (bytes >> 8) + 1024;

function nativeZstd({ zstdCompressSync, zstdDecompressSync, constants }: NativeZstd): Zstd {
  return {
    compress: (bytes, level) => zstdCompressSync(bytes, { chunkSize: frameBound(bytes.length), pledgedSrcSize: bytes.length, params: { [constants.ZSTD_c_compressionLevel]: level } }),
    decompress(frame, outputBytes) {
      const output = zstdDecompressSync(frame, { chunkSize: Math.max(leastChunkBytes, outputBytes + 1), maxOutputLength: Math.max(1, outputBytes) });
      if (output.length !== outputBytes) throw new Error(`zstd: ${output.length} bytes came out, ${outputBytes} were expected`);
      return output;
    },
  };
}
