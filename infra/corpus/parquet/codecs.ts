/**
 * Decompression of Parquet pages. In: a page's bytes, its codec and how many bytes must come out. Out: those bytes. Fails with a plain Error on a codec that is not
 * known, on damage, and on any other length; never makes more than was announced.
 */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { decompress as decompressZstd } from '@bokuweb/zstd-wasm';
import { snappyUncompress } from 'hyparquet';
import { zstdLoaded } from '../../zstd/load-zstd.ts';

export type Decompress = (bytes: Uint8Array, codec: number, length: number) => Uint8Array;

export async function loadCodecs(): Promise<Decompress> {
  await zstdLoaded();
  return (bytes, codec, length) => {
    const out = decompress(bytes, codec, length);
    if (out.length !== length) throw new Error(`${out.length} bytes came out of a page of ${length}`);
    return out;
  };
}

/** @param codec parquet.thrift: CompressionCodec. */
function decompress(bytes: Uint8Array, codec: number, length: number): Uint8Array {
  switch (codec) {
    case 0:
      return bytes;
    case 1: {
      const out = new Uint8Array(length);
      snappyUncompress(bytes, out);
      return out;
    }
    case 2:
      return gunzipSync(bytes, { maxOutputLength: Math.max(1, length) });
    case 4:
      return brotliDecompressSync(bytes, { maxOutputLength: Math.max(1, length) });
    case 6:
      return zstd(bytes, length);
    default:
      throw new Error(`compression codec ${codec} is not supported: use zstd, snappy, gzip, brotli or none`);
  }
}

function zstd(frame: Uint8Array, length: number): Uint8Array {
  const announced = zstdContentSize(frame);
  if (announced !== null && announced !== length) throw new Error(`zstd: a frame of ${announced} bytes, not ${length}`);
  return decompressZstd(frame, { defaultHeapSize: Math.max(1, length) });
}

/** Frame_Content_Size (RFC 8878, 3.1.1.1.4); null where the frame does not say. */
function zstdContentSize(frame: Uint8Array): number | null {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 6 || view.getUint32(0, true) !== 0xfd2fb528) throw new Error('zstd: not a frame');
  const descriptor = view.getUint8(4);
  const single = (descriptor & 0x20) !== 0;
  const at = 5 + (single ? 0 : 1) + [0, 1, 2, 4][descriptor & 3]!;
  const width = [single ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  if (width === 0) return null;
  if (at + width > frame.length) throw new Error('zstd: the frame ends in its header');
  if (width === 1) return view.getUint8(at);
  if (width === 2) return view.getUint16(at, true) + 256;
  return width === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}
