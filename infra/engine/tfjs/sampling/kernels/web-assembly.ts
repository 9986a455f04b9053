/** The part of WebAssembly's JavaScript interface that is used here; Node's own types leave it out. */

export interface WasmMemory {
  /** A larger one after growth; a shorter one stays valid. */
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

interface WasmInterface {
  readonly Memory: new (limits: { readonly initial: number; readonly maximum: number; readonly shared: true }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
}

export const wasm = (globalThis as unknown as { readonly WebAssembly: WasmInterface }).WebAssembly;

export const pageBytes = 2 ** 16;
/** All that 32-bit addresses reach. */
export const mostPages = 2 ** 16;
