/** The products, which take most of the time, by the native library (`infra/engine/native-library`) where it is loaded in this thread: the same arguments, the same bits. In: the kernels' memory. Wrong: nothing, within the memory. */
import { nativeLibrary } from '../../backend/native-library.ts';
import type { Kernels } from './open-kernels.ts';
import type { WasmMemory } from './web-assembly.ts';

export type NativeKernels = Pick<Kernels, 'multiply' | 'multiplyAdd'>;

export function nativeKernels(memory: WasmMemory): NativeKernels | null {
  const library = nativeLibrary();
  if (library === null) return null;
  let floats: Float32Array = new Float32Array(memory.buffer);
  /** Of all the memory, which grows. */
  const view = (): Float32Array => {
    const { buffer } = memory;
    if (floats.byteLength !== buffer.byteLength) floats = new Float32Array(buffer);
    return floats;
  };
  return {
    multiply: (x, strideX, rows, inputs, panels, panelCount, y, strideY) => library.multiply(view(), x, strideX, rows, inputs, panels, panelCount, y, strideY),
    multiplyAdd: (x, strideX, rows, inputs, panels, panelCount, y, strideY) => library.multiplyAdd(view(), x, strideX, rows, inputs, panels, panelCount, y, strideY),
  };
}
