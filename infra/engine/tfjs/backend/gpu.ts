/** What is used of WebGPU, and of TensorFlow.js's backend on it, version 4.22. Sizes and offsets are in bytes. */
import * as tf from '@tensorflow/tfjs-core';

export interface GpuBuffer {
  readonly size: number;
  readonly mapState: 'unmapped' | 'pending' | 'mapped';
  mapAsync(mode: number): Promise<void>;
  getMappedRange(offset?: number, size?: number): ArrayBuffer;
  unmap(): void;
  destroy(): void;
}

export interface GpuPipeline {
  getBindGroupLayout(index: number): object;
}

export interface GpuComputePass {
  setPipeline(pipeline: GpuPipeline): void;
  setBindGroup(index: number, group: object): void;
  dispatchWorkgroups(x: number, y: number): void;
  end(): void;
}

export interface GpuCommandEncoder {
  beginComputePass(): GpuComputePass;
  copyBufferToBuffer(source: GpuBuffer, from: number, target: GpuBuffer, to: number, size: number): void;
  finish(): object;
}

interface GpuErrorEvent {
  readonly error: { readonly message: string };
  preventDefault(): void;
}

export interface GpuDevice {
  readonly limits: { readonly maxStorageBufferBindingSize: number };
  readonly queue: {
    submit(commands: readonly object[]): void;
    writeBuffer(target: GpuBuffer, to: number, source: ArrayBufferView): void;
  };
  createBuffer(descriptor: { readonly size: number; readonly usage: number }): GpuBuffer;
  createShaderModule(descriptor: { readonly code: string }): object;
  createComputePipeline(descriptor: { readonly layout: 'auto'; readonly compute: { readonly module: object; readonly entryPoint: string } }): GpuPipeline;
  createBindGroup(descriptor: { readonly layout: object; readonly entries: readonly { readonly binding: number; readonly resource: { readonly buffer: GpuBuffer } }[] }): object;
  createCommandEncoder(): GpuCommandEncoder;
  addEventListener(type: 'uncapturederror', listener: (event: GpuErrorEvent) => void): void;
}

interface GpuTensor {
  readonly values: unknown;
  readonly dtype: tf.DataType;
  readonly resource?: GpuBuffer | null;
}

export interface WebGpuBackend {
  readonly device: GpuDevice;
  readonly tensorMap: { get(dataId: object): GpuTensor | undefined };
  readonly bufferManager: {
    readonly freeBuffers: Map<string, GpuBuffer[]>;
    readonly numBytesUsed: number;
    numBytesAllocated: number;
    numFreeBuffers: number;
    acquireBuffer(size: number, usage: number): GpuBuffer;
    releaseBuffer(buffer: GpuBuffer): void;
  };
  readonly commandEncoder: GpuCommandEncoder;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  uploadToGPU(dataId: object): void;
  readSync(dataId: object): ReturnType<typeof tf.util.convertBackendValuesAndArrayBuffer>;
}

/** Numbers of WebGPU's own constants. */
export const gpuUsage = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, uniform: 0x40, storage: 0x80 } as const;
export const mapForReading = 0x1;

/** The backend that is set, which must be WebGPU. */
export function webGpuBackend(): WebGpuBackend {
  return tf.backend() as unknown as WebGpuBackend;
}

/** Where a tensor's values are on the device, once what was asked of the backend so far has been submitted. Valid as long as the tensor. */
export function gpuBufferOf(tensor: tf.Tensor): GpuBuffer {
  const backend = webGpuBackend();
  backend.uploadToGPU(tensor.dataId);
  return backend.tensorMap.get(tensor.dataId)!.resource!;
}

/** Submits what was asked of the backend so far: it comes before whatever is submitted next. */
export function submitPending(): void {
  const backend = webGpuBackend();
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
}
