/**
 * The cache of keys and values on the device: what lies at a block's address in the memory of sampling lies there at the block's number. In: addresses. Out: numbers, and a buffer
 * with room for as many. Wrong: OUT_OF_MEMORY, told with the next values read.
 */
import { gpuUsage, type GpuBuffer, type GpuDevice } from '../../backend/gpu.ts';

const firstBlocks = 64;

export class GpuCache {
  readonly #device: GpuDevice;
  readonly #blockBytes: number;
  readonly #numbers = new Map<number, number>();
  #buffer: GpuBuffer;
  #capacity = firstBlocks;

  /** @param blockBytes of keys and values of 16 tokens, all layers */
  constructor(device: GpuDevice, blockBytes: number) {
    this.#device = device;
    this.#blockBytes = blockBytes;
    this.#buffer = this.#create(firstBlocks);
  }

  numberOf(address: number): number {
    let number = this.#numbers.get(address);
    if (number === undefined) this.#numbers.set(address, (number = this.#numbers.size));
    return number;
  }

  /** With room for every block that has a number: another one once there was none. */
  buffer(): GpuBuffer {
    const wanted = this.#numbers.size;
    if (wanted <= this.#capacity) return this.#buffer;
    const most = Math.floor(this.#device.limits.maxStorageBufferBindingSize / this.#blockBytes);
    const capacity = Math.max(wanted, Math.min(most, 2 * wanted));
    const larger = this.#create(capacity);
    const encoder = this.#device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.#buffer, 0, larger, 0, this.#capacity * this.#blockBytes);
    this.#device.queue.submit([encoder.finish()]);
    this.#buffer.destroy();
    this.#buffer = larger;
    this.#capacity = capacity;
    return larger;
  }

  destroy(): void {
    this.#buffer.destroy();
  }

  #create(blocks: number): GpuBuffer {
    return this.#device.createBuffer({ size: blocks * this.#blockBytes, usage: gpuUsage.storage | gpuUsage.copySource | gpuUsage.copyTarget });
  }
}
