/**
 * Reads tensors from a WebGPU device and waits for them in this thread. In: the backend of TensorFlow.js. Out: its `readSync`, which otherwise needs a browser's canvas.
 * Wrong: OUT_OF_MEMORY or ENGINE_FAILED where the device reports an error, ENGINE_FAILED where it gives no answer.
 *
 * A buffer is mapped once Dawn has been polled often enough, and Dawn has itself polled through `setImmediate`, which it looks up on `globalThis` at each call. While a buffer is being
 * mapped, that name stands for a list, from which the polls are called here; nothing else runs meanwhile.
 */
import * as tf from '@tensorflow/tfjs-core';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';

interface GpuBuffer {
  readonly size: number; // bytes
  readonly mapState: 'unmapped' | 'pending' | 'mapped';
  mapAsync(mode: number): Promise<void>;
  getMappedRange(): ArrayBuffer;
  unmap(): void;
}

interface GpuErrorEvent {
  readonly error: { readonly message: string };
  preventDefault(): void;
}

/** What is used of TensorFlow.js's backend, version 4.22. */
interface WebGpuBackend {
  readonly device: { addEventListener(type: 'uncapturederror', listener: (event: GpuErrorEvent) => void): void };
  readonly tensorMap: { get(dataId: object): { readonly values: unknown; readonly dtype: tf.DataType; readonly resource?: GpuBuffer | null } | undefined };
  readonly bufferManager: { acquireBuffer(size: number, usage: number): GpuBuffer; releaseBuffer(buffer: GpuBuffer): void };
  readonly commandEncoder: { copyBufferToBuffer(source: GpuBuffer, from: number, target: GpuBuffer, to: number, size: number): void };
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  readSync(dataId: object): ReturnType<typeof tf.util.convertBackendValuesAndArrayBuffer>;
}

/** The numbers of WebGPU's own constants. */
const mapRead = 0x1; // GPUMapMode.READ, GPUBufferUsage.MAP_READ
const copyTarget = 0x8; // GPUBufferUsage.COPY_DST

/** What a tensor holds is never kept on the host: whoever reads it may write to what it got. */
export function readInThisThread(backend: tf.KernelBackend): void {
  const gpu = backend as unknown as WebGpuBackend;
  const readOnHost = gpu.readSync.bind(gpu);
  const errors = collectErrors(gpu);
  gpu.readSync = (dataId) => {
    const { values, resource, dtype } = gpu.tensorMap.get(dataId)!;
    if (values != null || resource == null) return readOnHost(dataId);
    const staging = gpu.bufferManager.acquireBuffer(resource.size, mapRead | copyTarget);
    gpu.ensureCommandEncoderReady();
    gpu.endComputePassEncoder();
    gpu.commandEncoder.copyBufferToBuffer(resource, 0, staging, 0, resource.size);
    gpu.submitQueue();
    mapNow(staging);
    if (errors.length > 0) throw asError(errors.splice(0));
    if (staging.mapState !== 'mapped') throw new PretrainZeroError('ENGINE_FAILED', 'The WebGPU device gave no answer; it may have been lost');
    const bytes = staging.getMappedRange().slice(0);
    staging.unmap();
    gpu.bufferManager.releaseBuffer(staging);
    return tf.util.convertBackendValuesAndArrayBuffer(bytes, dtype);
  };
}

/** Returns once the buffer is mapped, or cannot be. */
function mapNow(buffer: GpuBuffer): void {
  const { setImmediate } = globalThis;
  const polls: (() => void)[] = [];
  Object.assign(globalThis, { setImmediate: (poll: () => void) => void polls.push(poll) });
  try {
    buffer.mapAsync(mapRead).catch(() => undefined); // its state tells
    while (buffer.mapState === 'pending' && polls.length > 0) polls.shift()!();
  } finally {
    Object.assign(globalThis, { setImmediate });
    for (const poll of polls) setImmediate(poll);
  }
}

/** An operation that the device refuses leaves zeros, and only this event. */
function collectErrors({ device }: WebGpuBackend): string[] {
  const errors: string[] = [];
  device.addEventListener('uncapturederror', (event) => {
    event.preventDefault(); // else it is printed
    errors.push(`${event.error.constructor.name}: ${event.error.message}`);
  });
  return errors;
}

function asError(errors: readonly string[]): PretrainZeroError {
  const isMemory = errors.some((error) => error.startsWith('GPUOutOfMemoryError') || error.includes('exceeds the max buffer size'));
  return new PretrainZeroError(isMemory ? 'OUT_OF_MEMORY' : 'ENGINE_FAILED', `The WebGPU device reports ${errors[0]!.trim()}`);
}
