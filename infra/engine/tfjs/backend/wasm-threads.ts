/**
 * In: a number of threads. Out: the WebAssembly backend of TensorFlow.js allowed to use that many under Node. Wrong: nothing here;
 * a build of the backend without threads simply reports one.
 *
 * The backend is written for browsers: its pthreads are Web Workers started from blob addresses, which Node does not
 * know, it switches threads off under Node, and it takes at most half of the cores it is told of.
 */
import * as tf from '@tensorflow/tfjs-core';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { createRequire } from 'node:module';
import os from 'node:os';
import { Worker, type Transferable } from 'node:worker_threads';

const require = createRequire(import.meta.url);
const threadedFactory = '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';
const pthreadScript = '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js';

/** A Web Worker for emscripten: runs its pthread script, and loads the factory from its file instead of from a blob. */
function pthreadClass(started: Worker[]): typeof Worker {
  const { wasmWorkerContents } = require(pthreadScript) as { readonly wasmWorkerContents: string };
  const script = wasmWorkerContents.replaceAll('\n', '\\n'); // line breaks within its string literals
  const factory = require.resolve(threadedFactory);
  return class Pthread extends Worker {
    constructor() {
      super(script, { eval: true });
      started.push(this);
    }

    override postMessage(message: unknown, transfer?: readonly Transferable[]): void {
      const isLoad = typeof message === 'object' && message !== null && 'cmd' in message && message.cmd === 'load';
      super.postMessage(isLoad ? { ...message, urlOrBlob: factory } : message, transfer);
    }
  };
}

/**
 * Runs `start`, which must open the backend, with what emscripten needs put in place; takes it away again.
 * @param threads at least 1
 */
export async function withWasmThreads<T>(threads: number, start: () => Promise<T>): Promise<T> {
  if (threads === 1) return start();
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', true);
  setThreadsCount(threads);
  const cpus = os.cpus.bind(os);
  const worker = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  const pthreads: Worker[] = [];
  const Pthread = pthreadClass(pthreads);
  // The factory assigns to `Worker`; an accessor without effect keeps ours.
  Object.defineProperty(globalThis, 'Worker', { configurable: true, get: () => Pthread, set: () => undefined });
  os.cpus = () => Array.from({ length: 2 * threads }, () => cpus()[0]!);
  try {
    return await start();
  } finally {
    for (const pthread of pthreads) pthread.unref(); // they end with the thread that uses them
    os.cpus = cpus;
    if (worker === undefined) Reflect.deleteProperty(globalThis, 'Worker');
    else Object.defineProperty(globalThis, 'Worker', worker);
  }
}
