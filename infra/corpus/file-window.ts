/**
 * A view of a file that moves forward. In: a file and how many bytes must be in sight. Out: those bytes (fewer only at the
 * end). Memory: twice the sight. Fails as the file's reads fail.
 */
import type { InputFile } from '../../operators/corpus/input-file.ts';

const readBytes = 1 << 20; // of one read, at least

export class FileWindow {
  readonly #file: InputFile;
  readonly #sight: number;
  readonly #buffer: Uint8Array;
  #base = 0; // file offset of the buffer's first byte
  #start = 0; // of the view, in the buffer
  #filled = 0;

  constructor(file: InputFile, sight: number) {
    this.#file = file;
    this.#sight = sight;
    this.#buffer = new Uint8Array(2 * sight + readBytes);
  }

  /** The bytes in sight begin at 0; only the first `available` are there. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(this.#start, this.#filled);
  }

  get available(): number {
    return this.#filled - this.#start;
  }

  /** Whether the file ends with what is in sight. */
  get atEnd(): boolean {
    return this.#base + this.#filled >= this.#file.byteLength;
  }

  /** Brings `offset` to the front. */
  async moveTo(offset: number): Promise<void> {
    if (offset < this.#base || offset > this.#base + this.#filled) {
      this.#base = offset;
      this.#start = this.#filled = 0;
    }
    this.#start = offset - this.#base;
    if (this.available >= this.#sight || this.atEnd) return;
    this.#buffer.copyWithin(0, this.#start, this.#filled);
    this.#base += this.#start;
    this.#filled -= this.#start;
    this.#start = 0;
    const size = this.#file.byteLength;
    for (let from = this.#base + this.#filled; this.#filled < this.#sight && from < size; from = this.#base + this.#filled) {
      const wanted = Math.min(this.#buffer.length - this.#filled, Math.max(readBytes, this.#sight - this.#filled));
      const bytes = await this.#file.read(from, Math.min(from + wanted, size));
      if (bytes.length === 0) break;
      this.#buffer.set(bytes, this.#filled);
      this.#filled += bytes.length;
    }
  }
}
