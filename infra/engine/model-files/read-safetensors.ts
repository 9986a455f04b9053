/**
 * In: the path of a safetensors file (untrusted). Out: its tensors as float32. Wrong: MODEL_INVALID where it is cut, damaged or
 * inconsistent, MODEL_UNSUPPORTED where a tensor is of another kind than F32, F16, BF16.
 */
import type { FileHandle } from 'node:fs/promises';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { elementCount, type HostTensor, type Weights } from './host-tensor.ts';
import { openToRead, readFully } from './read-fully.ts';
import { largestHeaderBytes, parseSafetensorsHeader, type SafetensorsEntry, type SafetensorsHeader } from './safetensors-header.ts';
import { widenToFloat32 } from './widen-to-float32.ts';

export interface SafetensorsFile {
  readonly tensors: Weights;
  readonly metadata: Readonly<Record<string, string>>;
}

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export async function readSafetensors(path: string): Promise<SafetensorsFile> {
  const handle = await openToRead(path);
  try {
    const { header, dataStart } = await readHeader(handle, path);
    const tensors: Weights = new Map();
    for (const entry of header.entries) tensors.set(entry.name, await readTensor(handle, path, entry, dataStart));
    return { tensors, metadata: header.metadata };
  } finally {
    await handle.close();
  }
}

/**
 * The metadata alone; the tensors are not read.
 * @throws MODEL_INVALID, MODEL_UNSUPPORTED
 */
export async function readSafetensorsMetadata(path: string): Promise<Readonly<Record<string, string>>> {
  const handle = await openToRead(path);
  try {
    return (await readHeader(handle, path)).header.metadata;
  } finally {
    await handle.close();
  }
}

async function readHeader(handle: FileHandle, file: string): Promise<{ header: SafetensorsHeader; dataStart: number }> {
  const { size } = await handle.stat();
  if (size < 8) throw new PretrainZeroError('MODEL_INVALID', `A safetensors file of ${size} bytes is cut`, { file });
  const lengthBytes = new Uint8Array(8);
  await readFully(handle, file, lengthBytes, 0);
  const length = new DataView(lengthBytes.buffer).getBigUint64(0, true);
  if (length > BigInt(Math.min(size - 8, largestHeaderBytes))) {
    const what = `The header claims ${length.toString()} bytes in a file of ${size} (limit ${largestHeaderBytes})`;
    throw new PretrainZeroError('MODEL_INVALID', what, { file, byteOffset: 0 });
  }
  const text = new Uint8Array(Number(length));
  await readFully(handle, file, text, 8);
  const dataStart = 8 + text.length;
  return { header: parseSafetensorsHeader(text, size - dataStart, file), dataStart };
}

async function readTensor(handle: FileHandle, file: string, entry: SafetensorsEntry, dataStart: number): Promise<HostTensor> {
  const data = new Float32Array(elementCount(entry.shape));
  if (entry.kind === 'F32') {
    await readFully(handle, file, new Uint8Array(data.buffer), dataStart + entry.begin);
  } else {
    const stored = new Uint8Array(entry.end - entry.begin);
    await readFully(handle, file, stored, dataStart + entry.begin);
    widenToFloat32(entry.kind, stored, data);
  }
  return { shape: entry.shape, data };
}
