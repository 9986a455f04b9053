/**
 * The one place where the WebAssembly of zstd is made. In: nothing. Out: resolves when it may be called. Made twice in one process, it would go on with the functions of the first instance and the memory of the second, and
 * write frames that nobody can read.
 */
import { init } from '@bokuweb/zstd-wasm';

let made: Promise<void> | undefined;

export function zstdLoaded(): Promise<void> {
  return (made ??= init());
}
