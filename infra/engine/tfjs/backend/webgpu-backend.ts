/**
 * WebGPU under Node, by Dawn (the npm package `webgpu`): Vulkan, Metal or Direct3D 12, without CUDA. In: nothing. Out: TensorFlow.js set to it, its results readable at once. Wrong: told
 * as words.
 */
import * as tf from '@tensorflow/tfjs-core';
import { firstLine, loadOptionalPackage } from './optional-package.ts';
import { probeBackend } from './probe-backend.ts';
import { readInThisThread } from './webgpu-read.ts';
import { withTicksDone } from './with-ticks-done.ts';

export const webGpuPackages = { dawn: 'webgpu', backend: '@tensorflow/tfjs-backend-webgpu' } as const;

interface Dawn {
  readonly create: (options: readonly string[]) => { requestAdapter(): Promise<unknown> };
  /** Classes and constants that a browser has. */
  readonly globals: object;
}

/** Each submission costs the host tens of microseconds; what operations no longer need is free only after it. */
const dispatchesPerSubmit = 64;

const install = '; `npm run setup:webgpu` installs it';

/** Idempotent. @returns null where it started, otherwise why not */
export async function startWebGpuBackend(): Promise<string | null> {
  if (tf.getBackend() === 'webgpu') return null;
  const dawn = await loadOptionalPackage(webGpuPackages.dawn);
  if ('failure' in dawn) return dawn.failure + install;
  try {
    const failure = await withTicksDone(() => openDevice(dawn.exports as Dawn));
    if (failure !== null) return failure;
    readInThisThread(tf.backend());
    tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', dispatchesPerSubmit);
    const wrong = probeBackend();
    return wrong === null ? null : `WebGPU ${wrong}`;
  } catch (cause) {
    return `WebGPU does not start: ${firstLine(cause)}`;
  }
}

async function openDevice({ create, globals }: Dawn): Promise<string | null> {
  const gpu = create([]);
  if ((await gpu.requestAdapter()) === null) return 'WebGPU finds no GPU: no driver for Vulkan, Metal or Direct3D 12 is there';
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { gpu } }); // of which the backend asks only that
  const backend = await loadOptionalPackage(webGpuPackages.backend);
  if ('failure' in backend) return backend.failure + install;
  return (await tf.setBackend('webgpu')) ? null : `${webGpuPackages.backend} does not start`;
}
