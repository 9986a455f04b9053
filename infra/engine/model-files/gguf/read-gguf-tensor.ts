/** In: an open GGUF file and where a tensor lies in it. Out: its values as float32, put into the target a piece at a time. Wrong: MODEL_INVALID where the file ends early. */
import type { FileHandle } from 'node:fs/promises';
import { readFully } from '../read-fully.ts';
import { dequantise } from './dequantise.ts';
import { ggufKinds } from './gguf-kinds.ts';
import type { GgufTensor } from './gguf-tensors.ts';

const pieceValues = 2 ** 20; // a multiple of every kind's block

/** @param data as long as the tensor has elements @throws MODEL_INVALID */
export async function readGgufTensor(handle: FileHandle, file: string, { kind, begin }: GgufTensor, data: Float32Array): Promise<void> {
  const { values, bytes } = ggufKinds[kind];
  for (let done = 0; done < data.length; done += pieceValues) {
    const target = data.subarray(done, done + pieceValues);
    const source = new Uint8Array((target.length / values) * bytes);
    await readFully(handle, file, source, begin + (done / values) * bytes);
    dequantise(kind, source, target);
  }
}
