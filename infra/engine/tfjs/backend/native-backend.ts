/**
 * In: which of TensorFlow's two packages, and a number of threads. Out: TensorFlow.js set to it. Wrong: told as words.
 *
 * The engine loads it in a thread of its own. A binding that was not linked with `-z nodelete`, as the official one is not, is unloaded with that thread, and TensorFlow's exit
 * handlers may then end the process with a segmentation fault once all is done and written; the one of `npm run setup:native` stays.
 */
import * as tf from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';
import { loadNativeLibrary } from './native-library.ts';
import { loadOptionalPackage } from './optional-package.ts';
import { probeBackend } from './probe-backend.ts';

export const nativePackages = { 'node-gpu': '@tensorflow/tfjs-node-gpu', node: '@tensorflow/tfjs-node' } as const;

interface NativeBackend {
  readonly isUsingGpuDevice: boolean;
}

/**
 * @param threads within an operation; 0 leaves it to TensorFlow. What counts is what the first backend of the process was started with
 * @returns null where it started, otherwise why not
 */
export async function startNativeBackend(name: keyof typeof nativePackages, threads: number): Promise<string | null> {
  if (threads === 0 || process.env[threadsVariable] !== undefined) return load(name);
  process.env[threadsVariable] = String(threads);
  try {
    return await load(name);
  } finally {
    Reflect.deleteProperty(process.env, threadsVariable); // it is not meant for other processes
  }
}

/** TensorFlow reads it when it is started. It must be set in the environment of the process: a thread that has a copy of its own is not heard. */
const threadsVariable = 'TF_NUM_INTRAOP_THREADS';

async function load(name: keyof typeof nativePackages): Promise<string | null> {
  const packageName = nativePackages[name];
  lendRemovedFunctions();
  const loaded = await loadOptionalPackage(packageName);
  if ('failure' in loaded) return loaded.failure;
  const factory: unknown = tf.findBackendFactory('tensorflow'); // null where nothing registered it here
  if (factory === null) return `${packageName} came with another copy of @tensorflow/tfjs-core`;
  if (!(await tf.setBackend('tensorflow'))) return `${packageName} does not start`;
  const { isUsingGpuDevice } = tf.backend() as tf.KernelBackend & NativeBackend; // without a GPU its package computes on the CPU, and says nothing
  if (name === 'node-gpu' && !isUsingGpuDevice) return `${packageName} finds no GPU`;
  const wrong = (name === 'node' ? loadNativeLibrary() : null) ?? probeBackend();
  return wrong === null ? null : `${packageName} ${wrong}`;
}

/** Both packages call functions of Node's `util` that Node 23 took away, or may yet. */
function lendRemovedFunctions(): void {
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>;
  util.isNullOrUndefined = (value: unknown) => value === null || value === undefined; // the one that is still there warns
  util.isArray = Array.isArray;
}
