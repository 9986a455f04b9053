/**
 * Reads from a WebGPU device and waits for it in this thread. In: the backend of TensorFlow.js. Out: its `readSync`, which otherwise needs a browser's canvas; the values of buffers.
 * Wrong: OUT_OF_MEMORY or ENGINE_FAILED where the device reports an error, ENGINE_FAILED where it gives no answer.
 *
 * A buffer is mapped once Dawn has been polled often enough, and Dawn has itself polled through `setImmediate`, which it looks up on `globalThis` at each call. While a buffer is being
 * mapped, that name stands for a list, from which the polls are called here; nothing else runs meanwhile.
 */
import * as tf from '@tensorflow/tfjs-core';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import { gpuUsage, mapForReading, type GpuBuffer, type GpuDevice, type WebGpuBackend } from './gpu.ts';
import { trimFreeBuffers } from './trim-free-buffers.ts';

/** What each device has reported and nobody has been told of yet. */
const errorsOf = new WeakMap<GpuDevice, string[]>();

/** What a tensor holds is never kept on the host: whoever reads it may write to what it got. */
export function readInThisThread(backend: tf.KernelBackend): void {
  const gpu = backend as unknown as WebGpuBackend;
  const { bufferManager, device } = gpu;
  const readOnHost = gpu.readSync.bind(gpu);
  collectErrors(device);
  gpu.readSync = (dataId) => {
    const { values, resource, dtype } = gpu.tensorMap.get(dataId)!;
    if (values != null || resource == null) return readOnHost(dataId);
    const staging = bufferManager.acquireBuffer(resource.size, gpuUsage.mapRead | gpuUsage.copyTarget);
    gpu.ensureCommandEncoderReady();
    gpu.endComputePassEncoder();
    gpu.commandEncoder.copyBufferToBuffer(resource, 0, staging, 0, resource.size);
    gpu.submitQueue();
    const bytes = readMapped(device, staging, resource.size);
    bufferManager.releaseBuffer(staging);
    trimFreeBuffers(bufferManager);
    return tf.util.convertBackendValuesAndArrayBuffer(bytes, dtype);
  };
}

/**
 * A copy of what a buffer holds once all that has been submitted is done.
 * @param buffer to be mapped for reading; @param size from its start on
 * @throws OUT_OF_MEMORY, ENGINE_FAILED
 */
export function readMapped(device: GpuDevice, buffer: GpuBuffer, size: number): ArrayBuffer {
  mapNow(buffer);
  const errors = errorsOf.get(device)!.splice(0);
  if (errors.length > 0) throw asError(errors);
  if (buffer.mapState !== 'mapped') throw new PretrainZeroError('ENGINE_FAILED', 'The WebGPU device gave no answer; it may have been lost');
  const bytes = buffer.getMappedRange(0, size).slice(0);
  buffer.unmap();
  return bytes;
}

/** Returns once the buffer is mapped, or cannot be. */
function mapNow(buffer: GpuBuffer): void {
  const { setImmediate } = globalThis;
  const polls: (() => void)[] = [];
  Object.assign(globalThis, { setImmediate: (poll: () => void) => void polls.push(poll) });
  try {
    buffer.mapAsync(mapForReading).catch(() => undefined); // its state tells
    while (buffer.mapState === 'pending' && polls.length > 0) polls.shift()!();
  } finally {
    Object.assign(globalThis, { setImmediate });
    for (const poll of polls) setImmediate(poll);
  }
}

/** An operation that the device refuses leaves zeros, and only this event. */
function collectErrors(device: GpuDevice): void {
  const errors: string[] = [];
  errorsOf.set(device, errors);
  device.addEventListener('uncapturederror', (event) => {
    event.preventDefault(); // else it is printed
    errors.push(`${event.error.constructor.name}: ${event.error.message}`);
  });
}

const tooLarge = /exceeds the max buffer size|larger than the maximum storage buffer binding size/u;

function asError(errors: readonly string[]): PretrainZeroError {
  const isMemory = errors.some((error) => error.startsWith('GPUOutOfMemoryError') || tooLarge.test(error));
  return new PretrainZeroError(isMemory ? 'OUT_OF_MEMORY' : 'ENGINE_FAILED', `The WebGPU device reports ${errors[0]!.trim()}`);
}
