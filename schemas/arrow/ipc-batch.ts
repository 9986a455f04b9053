/**
 * An IPC stream of one record batch, taken apart. In: bytes that may be anything, and the most that they may come to once decompressed. Out: the writer's schema, and
 * nodes and buffers as they stand in the batch, depth first. Throws RangeError or the compression's error where the stream is cut, broken, too large, or
 * holds what we never write (dictionaries, several batches, another compression than Zstandard).
 */
import type { BufferCompression } from './buffer-compression.ts';
import { flatByte, flatChild, flatInt16, flatLength, flatVector, lengthAt, rootTable, type FlatTable } from './flat-table.ts';
import { writtenSchema, type WrittenSchema } from './written-schema.ts';

export interface IpcNode {
  readonly length: number;
  readonly nullCount: number;
}

export interface IpcBatch {
  readonly schema: WrittenSchema;
  readonly rows: number;
  readonly nodes: readonly IpcNode[];
  readonly buffers: readonly Uint8Array[];
}

export interface IpcLimits {
  readonly maxBytes: number;
  readonly compression: BufferCompression | null;
}

/** The largest of our schemas takes some 20 kB. */
const maxMetadataBytes = 2 ** 20;

const messageTypes = { schema: 1, recordBatch: 3 } as const;

export function ipcBatch(bytes: Uint8Array, limits: IpcLimits): IpcBatch {
  const first = ipcMessage(bytes, 0, messageTypes.schema);
  const second = ipcMessage(bytes, first.end, messageTypes.recordBatch);
  const end = new DataView(bytes.buffer, bytes.byteOffset + second.end, bytes.length - second.end);
  if (end.byteLength !== 8 || end.getInt32(0, true) !== -1 || end.getInt32(4, true) !== 0) throw new RangeError('the stream does not end after its first batch');
  const batch = second.header;
  const { view } = batch;
  const nodes = flatVector(batch, 1, 16) ?? { at: 0, length: 0 };
  return {
    schema: writtenSchema(first.header),
    rows: flatLength(batch, 0),
    nodes: Array.from({ length: nodes.length }, (_, i) => ({ length: lengthAt(view, nodes.at + 16 * i), nullCount: lengthAt(view, nodes.at + 16 * i + 8) })),
    buffers: buffersOf(batch, second.body, limits),
  };
}

interface IpcMessage {
  readonly header: FlatTable;
  readonly body: Uint8Array;
  readonly end: number;
}

function ipcMessage(bytes: Uint8Array, at: number, type: number): IpcMessage {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getInt32(at, true) !== -1) throw new RangeError(`no message at byte ${at}`);
  const metadataBytes = view.getInt32(at + 4, true);
  const start = at + 8;
  if (metadataBytes <= 0 || metadataBytes > maxMetadataBytes || start + metadataBytes > bytes.length) throw new RangeError('a message is cut in its metadata');
  const message = rootTable(bytes.subarray(start, start + metadataBytes));
  if (flatInt16(message, 0) !== 4) throw new RangeError("the metadata is not of Arrow's version 5");
  const header = flatChild(message, 2);
  if (flatByte(message, 1) !== type || header === null) throw new RangeError('the messages are not a schema and a batch');
  const bodyBytes = flatLength(message, 3);
  const bodyAt = start + metadataBytes;
  if (bodyAt + bodyBytes > bytes.length) throw new RangeError('a message is cut in its body');
  return { header, body: bytes.subarray(bodyAt, bodyAt + bodyBytes), end: bodyAt + bodyBytes };
}

function buffersOf(batch: FlatTable, body: Uint8Array, { maxBytes, compression }: IpcLimits): Uint8Array[] {
  const regions = flatVector(batch, 2, 16) ?? { at: 0, length: 0 };
  const compressed = flatChild(batch, 3);
  if (compressed !== null && flatByte(compressed, 0) !== 1) throw new RangeError('the buffers are not compressed with Zstandard');
  if (compressed !== null && compression === null) throw new RangeError('the buffers are compressed');
  let left = maxBytes;
  return Array.from({ length: regions.length }, (_, i) => {
    const at = lengthAt(batch.view, regions.at + 16 * i);
    const length = lengthAt(batch.view, regions.at + 16 * i + 8);
    if (at + length > body.length) throw new RangeError('a buffer lies outside its message');
    const buffer = body.subarray(at, at + length);
    if (compressed === null || length === 0) {
      left -= length;
      if (left < 0) throw new RangeError(`the stream comes to more than ${maxBytes} bytes`);
      return buffer;
    }
    const prefix = new DataView(buffer.buffer, buffer.byteOffset, length);
    const asItWas = prefix.getBigInt64(0, true) === -1n;
    const size = asItWas ? length : lengthAt(prefix, 0);
    left -= size;
    if (left < 0) throw new RangeError(`the stream comes to more than ${maxBytes} bytes`);
    return asItWas ? buffer.subarray(8) : compression!.decompress(buffer.subarray(8), size);
  });
}
