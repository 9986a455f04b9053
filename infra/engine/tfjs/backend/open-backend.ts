/**
 * In: which backend is wanted, and how many threads. Out: the best that loads, with the reason. Wrong: BACKEND_UNAVAILABLE.
 * A native backend is started here; WebAssembly is not, because it may be wanted once in each of several threads.
 */
import * as tf from '@tensorflow/tfjs-core';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';

export type BackendName = 'node-gpu' | 'node' | 'wasm';

export interface ChosenBackend {
  readonly name: BackendName;
  /** Why this one: what was tried before it. */
  readonly reason: string;
}

const native = { 'node-gpu': '@tensorflow/tfjs-node-gpu', node: '@tensorflow/tfjs-node' } as const;

/**
 * @param wanted `auto` takes the best that loads: node-gpu, node, wasm
 * @param threads of a native backend; 0 leaves it to TensorFlow
 * @throws BACKEND_UNAVAILABLE
 */
export async function openBackend(wanted: BackendName | 'auto', threads: number): Promise<ChosenBackend> {
  if (wanted === 'wasm') return { name: 'wasm', reason: askedFor };
  const tried: string[] = [];
  for (const name of wanted === 'auto' ? (['node-gpu', 'node'] as const) : [wanted]) {
    const failure = await startNative(name, threads);
    if (failure === null) return { name, reason: wanted === 'auto' ? [...tried, `${native[name]} is installed`].join('; ') : askedFor };
    tried.push(failure);
  }
  if (wanted === 'auto') return { name: 'wasm', reason: tried.join('; ') };
  throw new PretrainZeroError('BACKEND_UNAVAILABLE', tried.join('; '), { key: 'engine.backend' });
}

const askedFor = 'engine.backend asks for it';

/** @returns null where it started, otherwise why not */
async function startNative(name: 'node-gpu' | 'node', threads: number): Promise<string | null> {
  const packageName: string = native[name];
  // TensorFlow reads its thread counts when it is loaded.
  if (threads > 0) process.env.TF_NUM_INTRAOP_THREADS ??= String(threads);
  try {
    await import(packageName);
  } catch (cause) {
    const isAbsent = (cause as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND' && String(cause).includes(packageName);
    return isAbsent ? `${packageName} is not installed` : `${packageName} does not load: ${firstLine(cause)}`;
  }
  const factory: unknown = tf.findBackendFactory('tensorflow'); // null where nothing registered it here
  if (factory === null) return `${packageName} came with another copy of @tensorflow/tfjs-core`;
  return (await tf.setBackend('tensorflow')) ? null : `${packageName} does not start`;
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!;
}
