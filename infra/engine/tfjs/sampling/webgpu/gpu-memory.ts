/** Buffers on the device. In: sizes, values. Out: buffers; those that grow are other ones after that. Wrong: OUT_OF_MEMORY, told with the next values read. */
import { gpuUsage, type GpuBuffer, type GpuDevice } from '../../backend/gpu.ts';

/** @param floats 32-bit numbers */
export function storageBuffer(device: GpuDevice, floats: number): GpuBuffer {
  return device.createBuffer({ size: 4 * floats, usage: gpuUsage.storage | gpuUsage.copySource | gpuUsage.copyTarget });
}

/** Three numbers, as the shaders' structs have them. */
export function uniformBuffer(device: GpuDevice, values: Uint32Array): GpuBuffer {
  const buffer = device.createBuffer({ size: 16, usage: gpuUsage.uniform | gpuUsage.copyTarget });
  device.queue.writeBuffer(buffer, 0, values);
  return buffer;
}

/** A buffer that is as large as what is asked for needs it. */
export class GrowingBuffer {
  readonly #device: GpuDevice;
  readonly #usage: number;
  #buffer: GpuBuffer | null = null;

  constructor(device: GpuDevice, usage: number = gpuUsage.storage | gpuUsage.copySource | gpuUsage.copyTarget) {
    this.#device = device;
    this.#usage = usage;
  }

  /** What it held is lost where it grows. @param bytes a multiple of 4 */
  withRoom(bytes: number): GpuBuffer {
    if (this.#buffer !== null && this.#buffer.size >= bytes) return this.#buffer;
    this.#buffer?.destroy();
    return (this.#buffer = this.#device.createBuffer({ size: Math.max(256, 2 ** Math.ceil(Math.log2(bytes))), usage: this.#usage }));
  }

  destroy(): void {
    this.#buffer?.destroy();
  }
}
