/**
 * In: the path of a GGUF file (untrusted). Out: its metadata, and where each tensor lies; no tensor is read. Wrong: MODEL_INVALID where it is cut, damaged
 * or inconsistent; MODEL_UNSUPPORTED, with the name of the field, where it holds what is not read here.
 */
import type { FileHandle } from 'node:fs/promises';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import { ConfigReader } from '../config-reader.ts';
import { openToRead, readFully } from '../read-fully.ts';
import { ggufTensors, type GgufTensor } from './gguf-tensors.ts';
import { metadataBytes } from './metadata-bytes.ts';
import { refuseForeignGguf } from './refuse-foreign-gguf.ts';

export interface GgufFile {
  readonly path: string;
  /** Every field under its name in the file, 64-bit integers as numbers. */
  readonly metadata: ConfigReader;
  readonly tensors: ReadonlyMap<string, GgufTensor>;
}

/** Real files have some hundreds of each; the library would take millions from a file of a few bytes. */
const largestCount = 2 ** 16;
const startBytes = 24;
const shortestField = 13; // bytes: a length, a kind, one byte of value
const shortestTensor = 24;

export function isGgufPath(path: string): boolean {
  return /\.gguf$/iu.test(path);
}

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export async function readGgufFile(path: string): Promise<GgufFile> {
  const size = await checkedSize(path);
  const { header, kindNames } = await parseHeader(path);
  const headerEnd = header.tensorInfoByteRange[1];
  if (headerEnd > size) throw new PretrainZeroError('MODEL_INVALID', 'The file ends within its header', { file: path, byteOffset: size });
  const fields = Object.entries(header.metadata as object as Readonly<Record<string, unknown>>).map(([key, value]) => [key, typeof value === 'bigint' ? Number(value) : value] as const);
  const metadata = new ConfigReader(Object.fromEntries(fields), path);
  refuseForeignGguf(metadata);
  // The library cuts a text short, without a word, where it crosses the end of what has been read so far.
  if (startBytes + metadataBytes(header.typedMetadata) !== header.tensorInfoByteRange[0]) {
    throw new PretrainZeroError('MODEL_INVALID', 'The metadata does not add up: a field is given twice, or a text is cut or not UTF-8', { file: path });
  }
  return { path, metadata, tensors: ggufTensors(header.tensorInfos, { path, size, headerEnd, metadata, kindNames }) };
}

async function checkedSize(path: string): Promise<number> {
  const handle = await openToRead(path);
  try {
    const { size } = await handle.stat();
    await checkStart(handle, path, size);
    return size;
  } catch (cause) {
    if (cause instanceof PretrainZeroError) throw cause;
    throw new PretrainZeroError('MODEL_INVALID', 'The file cannot be read', { file: path }, cause);
  } finally {
    await handle.close();
  }
}

async function checkStart(handle: FileHandle, file: string, size: number): Promise<void> {
  const start = new Uint8Array(startBytes);
  await readFully(handle, file, start, 0);
  const view = new DataView(start.buffer);
  if (view.getUint32(0, true) !== 0x46554747) throw new PretrainZeroError('MODEL_INVALID', 'The file does not begin with "GGUF"', { file, byteOffset: 0 });
  const version = view.getUint32(4, true);
  if (version !== 2 && version !== 3) {
    throw new PretrainZeroError('MODEL_UNSUPPORTED', `version: ${version} is not supported, only 2 and 3, little endian`, { file, key: 'version' });
  }
  for (const [key, at, shortest] of [['tensor_count', 8, shortestTensor], ['kv_count', 16, shortestField]] as const) {
    const count = view.getBigUint64(at, true);
    if (count <= BigInt(Math.min(largestCount, Math.floor((size - startBytes) / shortest)))) continue;
    throw new PretrainZeroError('MODEL_INVALID', `${key}: a file of ${size} bytes does not hold ${count.toString()}`, { file, byteOffset: at, key });
  }
}

async function parseHeader(path: string) {
  const { gguf, GGMLQuantizationType } = await import('@huggingface/gguf'); // big
  try {
    return { header: await gguf(path, { allowLocalFile: true, typedMetadata: true }), kindNames: GGMLQuantizationType as Readonly<Record<number, string>> };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PretrainZeroError('MODEL_INVALID', `The header cannot be read: ${why}`, { file: path }, cause);
  }
}
