/**
 * A bzip2 file as a byte stream: all its streams, one block at a time. In: a file. Out: decoded bytes; each chunk knows its block
 * (where reading can begin again) and the stream that holds it. A damaged or truncated block becomes a damage event, and decoding goes on at the
 * next block, found by its magic number, so that one flipped bit costs one block. Fails only as the file's reads fail.
 */
import type { ByteChunk, ByteDamage, ByteStream, ReadPoint } from '../../operators/corpus/byte-stream.ts';
import type { InputFile } from '../../operators/corpus/input-file.ts';
import { Bzip2BlockDecoder, maxCompressedBlockBytes } from './bzip2-block.ts';
import { Bzip2Error } from './bzip2-error.ts';
import { FileWindow } from './file-window.ts';

const blockMagic = 0x314159265359;
const endMagic = 0x177245385090;
const headerBytes = 4; // 'BZh' and a level

export function bzip2Bytes(file: InputFile): ByteStream {
  return { chunks: (from) => decode(file, from) };
}

async function* decode(file: InputFile, from: ReadPoint): AsyncGenerator<ByteChunk | ByteDamage, void> {
  const window = new FileWindow(file, maxCompressedBlockBytes + headerBytes);
  const decoder = new Bzip2BlockDecoder();
  let bit = from.at; // of the next header, block or end mark
  let skip = from.skip;
  let stream = from.byteOffset; // where the current stream begins
  let expectHeader = from.at === 0;
  let streamCrc: number | null = expectHeader ? 0 : null; // null: its beginning was not read

  for (;;) {
    if (expectHeader) {
      bit = Math.ceil(bit / 8) * 8;
      await window.moveTo(bit / 8);
      if (window.available === 0) return;
      if (isHeader(window.bytes, 0)) {
        stream = bit / 8;
        streamCrc = 0;
        bit += headerBytes * 8;
        expectHeader = false;
      } else if (window.bytes.subarray(0, window.available).every((byte) => byte === 0) && window.atEnd) {
        return; // padding
      }
    }
    const base = Math.floor(bit / 8);
    await window.moveTo(base);
    const magic = expectHeader ? 0 : bitsAt(window.bytes, window.available, bit % 8, 48);
    if (magic === endMagic) {
      const stored = bitsAt(window.bytes, window.available, (bit % 8) + 48, 32);
      if (streamCrc !== null && stored !== null && stored !== streamCrc) {
        const next = { at: Math.ceil((bit + 80) / 8) * 8, skip: 0, byteOffset: stream };
        yield { kind: 'damage', code: 'INPUT_MALFORMED', message: 'the checksum of a bzip2 stream is wrong', byteOffset: stream, next };
      }
      bit += 80;
      expectHeader = true;
      continue;
    }
    let what: Bzip2Error;
    try {
      if (magic === null) throw new Bzip2Error('the data end within a stream', true);
      if (magic !== blockMagic) throw new Bzip2Error(stream === 0 && bit === 0 ? 'not bzip2 data' : 'neither a block nor the end of a stream');
      const block = decoder.decode(window.bytes, (bit % 8) + 48, window.available);
      let given = 0;
      for (const piece of block.pieces) {
        const from = Math.max(0, Math.min(piece.length, skip - given));
        const bytes = piece.subarray(from);
        if (bytes.length > 0) yield { kind: 'bytes', bytes, at: bit, skip: given + from, seekable: false, byteOffset: stream };
        given += piece.length;
      }
      skip = 0;
      if (streamCrc !== null) streamCrc = (((streamCrc << 1) | (streamCrc >>> 31)) ^ block.crc) >>> 0;
      bit = base * 8 + block.endBit;
      continue;
    } catch (error) {
      if (!(error instanceof Bzip2Error)) throw error;
      what = error;
    }
    const damagedAt = base;
    const truncated = what.truncated && window.atEnd;
    const fileEnd = file.byteLength * 8;
    bit = (await nextBlock(window, bit + 1)) ?? fileEnd;
    const start = bit === fileEnd ? null : await streamStartingAt(window, bit);
    if (start !== null) stream = start;
    streamCrc = start === null ? null : 0;
    expectHeader = false;
    skip = 0;
    yield {
      kind: 'damage',
      code: truncated ? 'INPUT_TRUNCATED' : 'INPUT_MALFORMED',
      message: `bzip2: ${what.message}`,
      byteOffset: damagedAt,
      next: bit === fileEnd ? null : { at: bit, skip: 0, byteOffset: stream },
    };
    if (bit === fileEnd) return;
  }
}

function isHeader(bytes: Uint8Array, at: number): boolean {
  const level = bytes[at + 3] ?? 0;
  return bytes[at] === 0x42 && bytes[at + 1] === 0x5a && bytes[at + 2] === 0x68 && level >= 0x31 && level <= 0x39;
}

/** The first `n` (at most 48) bits from `bit` as a number; null where the bytes end before. */
function bitsAt(bytes: Uint8Array, available: number, bit: number, n: number): number | null {
  if (bit + n > available * 8) return null;
  let value = 0;
  for (let i = bit; i < bit + n; i++) value = value * 2 + ((bytes[i >>> 3]! >>> (7 - (i & 7))) & 1);
  return value;
}

/** The first bit from `bit` on at which a block's magic stands; null where there is none. */
async function nextBlock(window: FileWindow, bit: number): Promise<number | null> {
  const high = Math.floor(blockMagic / 2 ** 24);
  const low = blockMagic % 2 ** 24;
  let recentHigh = 0; // the last 48 bits, in two halves
  let recentLow = 0;
  let seen = 0;
  let at = Math.floor(bit / 8);
  await window.moveTo(at);
  for (let first = bit % 8; window.available > 0; first = 0) {
    const bytes = window.bytes;
    const count = window.available;
    for (let i = 0; i < count; i++) {
      const byte = bytes[i]!;
      for (let b = i === 0 ? first : 0; b < 8; b++) {
        recentHigh = ((recentHigh << 1) | (recentLow >>> 23)) & 0xffffff;
        recentLow = ((recentLow << 1) | ((byte >>> (7 - b)) & 1)) & 0xffffff;
        if (++seen >= 48 && recentHigh === high && recentLow === low) return (at + i) * 8 + b - 47;
      }
    }
    at += count;
    await window.moveTo(at);
  }
  return null;
}

/** The offset of the header right before a block, where it is the first of its stream. */
async function streamStartingAt(window: FileWindow, blockBit: number): Promise<number | null> {
  const header = blockBit / 8 - headerBytes;
  if (!Number.isInteger(header) || header < 0) return null;
  await window.moveTo(header);
  return isHeader(window.bytes, 0) ? header : null;
}
