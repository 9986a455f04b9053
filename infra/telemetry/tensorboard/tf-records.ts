/**
 * The framing of TensorFlow's record files: length (uint64), its masked CRC-32C, the data, its masked CRC-32C; little-endian. In: bytes. Out: a record
 * framed, or the records of a file up to the first that is not whole. Nothing can go wrong: a torn file is an answer.
 */
import { maskedCrc32c } from './crc32c.ts';

const lengthBytes = 8;
const crcBytes = 4;
const headerBytes = lengthBytes + crcBytes;

export function frameRecord(data: Uint8Array): Uint8Array {
  const framed = new Uint8Array(headerBytes + data.length + crcBytes);
  const view = new DataView(framed.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(lengthBytes, maskedCrc32c(framed.subarray(0, lengthBytes)), true);
  framed.set(data, headerBytes);
  view.setUint32(headerBytes + data.length, maskedCrc32c(data), true);
  return framed;
}

export interface FoundRecord {
  readonly data: Uint8Array;
  /** Where the next record begins. */
  readonly end: number;
}

export function* wholeRecords(bytes: Uint8Array): Generator<FoundRecord> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = 0;
  while (start + headerBytes <= bytes.length) {
    const length = view.getBigUint64(start, true);
    if (view.getUint32(start + lengthBytes, true) !== maskedCrc32c(bytes.subarray(start, start + lengthBytes))) return;
    if (length > BigInt(bytes.length)) return;
    const dataStart = start + headerBytes;
    const dataEnd = dataStart + Number(length);
    if (dataEnd + crcBytes > bytes.length) return;
    const data = bytes.subarray(dataStart, dataEnd);
    if (view.getUint32(dataEnd, true) !== maskedCrc32c(data)) return;
    start = dataEnd + crcBytes;
    yield { data, end: start };
  }
}
