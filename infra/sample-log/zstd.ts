/**
 * Zstandard in WebAssembly: nothing to compile or download, and the same bytes on every machine and Node version.
 * In: bytes. Out: one frame, or what a frame held. Fails on frames that are damaged, or whose size is not the one expected.
 */
import { compress, decompress } from '@bokuweb/zstd-wasm';
import { zstdLoaded } from '../zstd/load-zstd.ts';

export interface Zstd {
  /** @param level 1 to 19 */
  compress(bytes: Uint8Array, level: number): Uint8Array;
  /** @param outputBytes what the frame must hold; a damaged header cannot make it allocate more */
  decompress(frame: Uint8Array, outputBytes: number): Uint8Array;
}

export function loadZstd(): Promise<Zstd> {
  return zstdLoaded().then(() => ({ compress, decompress: decompressExactly }));
}

function decompressExactly(frame: Uint8Array, outputBytes: number): Uint8Array {
  if (contentSize(frame) !== outputBytes) throw new Error(`zstd: the frame does not hold the ${outputBytes} bytes expected`);
  const output = decompress(frame);
  if (output.length !== outputBytes) throw new Error(`zstd: ${output.length} bytes came out, ${outputBytes} were expected`);
  return output;
}

const magic = 0xfd2fb528;

/** Frame_Content_Size of the frame's header (RFC 8878, 3.1.1.1.4); null where it says nothing. */
function contentSize(frame: Uint8Array): number | null {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.byteLength < 6 || view.getUint32(0, true) !== magic) return null;
  const descriptor = view.getUint8(4);
  const single = (descriptor & 0x20) !== 0;
  const at = 5 + (single ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] ?? 0);
  const width = [single ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  if (width === 0 || at + width > frame.byteLength) return null;
  if (width === 1) return view.getUint8(at);
  if (width === 2) return view.getUint16(at, true) + 256;
  return width === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}
