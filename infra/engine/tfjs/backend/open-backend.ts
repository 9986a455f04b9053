/**
 * In: which backend is wanted, and how many threads. Out: TensorFlow.js set to it, with the reason. Wrong: BACKEND_UNAVAILABLE.
 * One backend a thread of Node: TensorFlow.js keeps it in a global.
 */
import * as tf from '@tensorflow/tfjs-core';
import os from 'node:os';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import { startWasmBackend } from './wasm-backend.ts';

export type BackendName = 'node-gpu' | 'node' | 'wasm';

export interface OpenBackend {
  readonly name: BackendName;
  /** Why this one: what was tried before it. */
  readonly reason: string;
  readonly threads: number;
}

const native = { 'node-gpu': '@tensorflow/tfjs-node-gpu', node: '@tensorflow/tfjs-node' } as const;

/**
 * @param wanted `auto` takes the best that loads: node-gpu, node, wasm
 * @param threads 0 takes all cores
 * @throws BACKEND_UNAVAILABLE
 */
export async function openBackend(wanted: BackendName | 'auto', threads: number): Promise<OpenBackend> {
  const tried: string[] = [];
  for (const name of wanted === 'auto' ? (['node-gpu', 'node'] as const) : []) {
    const failure = await startNative(name, threads);
    if (failure === null) return { name, reason: [...tried, `${native[name]} is installed`].join('; '), threads: nativeThreads(threads) };
    tried.push(failure);
  }
  if (wanted === 'node' || wanted === 'node-gpu') {
    const failure = await startNative(wanted, threads);
    if (failure !== null) throw new PretrainZeroError('BACKEND_UNAVAILABLE', failure, { key: 'engine.backend' });
    return { name: wanted, reason: 'engine.backend asks for it', threads: nativeThreads(threads) };
  }
  const used = await startWasmBackend(threads === 0 ? os.availableParallelism() : threads);
  return { name: 'wasm', reason: wanted === 'auto' ? tried.join('; ') : 'engine.backend asks for it', threads: used };
}

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
  if (tf.findBackendFactory('tensorflow') === null) return `${packageName} came with another copy of @tensorflow/tfjs-core`;
  return (await tf.setBackend('tensorflow')) ? null : `${packageName} does not start`;
}

function nativeThreads(threads: number): number {
  return threads === 0 ? os.availableParallelism() : threads;
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!;
}
