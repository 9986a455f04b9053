/**
 * In: a number of threads. Out: TensorFlow.js set to its WebAssembly backend. Wrong: BACKEND_UNAVAILABLE where it cannot start;
 * later, OUT_OF_MEMORY from any operation that finds no room.
 */
import * as tf from '@tensorflow/tfjs-core';
import { getThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import { withWasmThreads } from './wasm-threads.ts';

interface WasmModule {
  _malloc: (bytes: number) => number;
  readonly _free: (address: number) => void;
}

/** Idempotent. @returns the threads that it really uses */
export async function startWasmBackend(threads: number): Promise<number> {
  if (tf.getBackend() === 'wasm') return getThreadsCount();
  const started = await withWasmThreads(threads, async () => {
    const set = await tf.setBackend('wasm');
    await tf.ready();
    return set;
  });
  if (!started) throw new PretrainZeroError('BACKEND_UNAVAILABLE', 'The WebAssembly backend of TensorFlow.js did not start');
  refuseFailedAllocations();
  return getThreadsCount();
}

/** The backend writes to address 0 where the heap is full; this makes it stop instead. */
function refuseFailedAllocations(): void {
  const { wasm } = tf.backend() as tf.KernelBackend & { readonly wasm: WasmModule };
  wasm._free(wasm._malloc(4)); // the first call replaces `_malloc`
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address === 0 && bytes > 0) {
      throw new PretrainZeroError('OUT_OF_MEMORY', `The WebAssembly heap has no room for another ${bytes} bytes`);
    }
    return address;
  };
}
