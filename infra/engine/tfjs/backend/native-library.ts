/**
 * The library that `npm run setup:native` compiles for this processor (`infra/engine/native-library`): once it is loaded, TensorFlow knows its operations (`fused-ops.ts`), and its functions work on the host's arrays. In: the
 * package beside whose binding it lies. Wrong: told as words.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { HostArrays } from '../training/host-arrays.ts';
import type { NativeKernels } from '../sampling/kernels/native-kernels.ts';
import { libraryFile, processorFile } from './library-file.ts';
import { firstLine } from './optional-package.ts';

type WithMemory<F> = F extends (...args: infer A) => void ? (memory: Float32Array, ...args: A) => void : never;

/** As the host's arrays and the kernels of sampling have them, but for how numbers come in. */
export interface NativeLibrary extends Pick<HostArrays, 'add' | 'unfold'> {
  squares(values: Float32Array): number;
  /** @param step in the order of `AdamWStep` */
  adamW(weight: Float32Array, gradient: Float32Array, first: Float32Array, second: Float32Array, step: Float64Array): number;
  readonly multiply: WithMemory<NativeKernels['multiply']>;
  readonly multiplyAdd: WithMemory<NativeKernels['multiplyAdd']>;
}

let loaded: NativeLibrary | null = null;

/** Loads it in this thread, where it is there for this processor. @returns why it does not load, otherwise null */
export function loadNativeLibrary(): string | null {
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve('@tensorflow/tfjs-node/package.json')), 'lib', 'napi-v8');
  const file = existsSync(processorFile) ? join(folder, libraryFile(readFileSync(processorFile, 'utf8'))) : null;
  if (file === null || !existsSync(file)) return null;
  try {
    loaded = require(file) as NativeLibrary;
    return null;
  } catch (cause) {
    return `has operations of our own that do not load (npm run setup:native makes them anew): ${firstLine(cause)}`;
  }
}

/** Null where it is not loaded in this thread. */
export function nativeLibrary(): NativeLibrary | null {
  return loaded;
}
