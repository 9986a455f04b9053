/**
 * The memory of sampling, which its threads share: grows, is never given back while the sampler lives. In: how many bytes are wanted. Out: addresses, multiples
 * of 64. Wrong: OUT_OF_MEMORY beyond the 4 GiB that addresses reach, or where the machine has no more.
 */
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import { mostPages, pageBytes, wasm, type WasmMemory } from './kernels/web-assembly.ts';

const alignment = 64; // a cache line

export class Arena {
  readonly memory: WasmMemory = new wasm.Memory({ initial: 1, maximum: mostPages, shared: true });
  #used = alignment; // 0 is no address
  #floats: Float32Array = new Float32Array(0);
  #words: Uint32Array = new Uint32Array(0);

  /** Of zeros. */
  allocate(bytes: number): number {
    const address = this.#used;
    const end = address + Math.ceil(bytes / alignment) * alignment;
    const missing = Math.ceil(end / pageBytes) - this.memory.buffer.byteLength / pageBytes;
    if (missing > 0) this.#grow(missing);
    this.#used = end;
    return address;
  }

  /** Over all of the memory; not to be kept over an allocation. */
  get floats(): Float32Array {
    if (this.#floats.byteLength !== this.memory.buffer.byteLength) this.#floats = new Float32Array(this.memory.buffer);
    return this.#floats;
  }

  get words(): Uint32Array {
    if (this.#words.byteLength !== this.memory.buffer.byteLength) this.#words = new Uint32Array(this.memory.buffer);
    return this.#words;
  }

  #grow(pages: number): void {
    try {
      this.memory.grow(pages);
    } catch {
      throw new PretrainZeroError('OUT_OF_MEMORY', `Sampling needs ${pages * pageBytes} bytes more than there are`);
    }
  }
}
