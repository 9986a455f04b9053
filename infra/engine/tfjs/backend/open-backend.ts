/**
 * In: which backend is wanted, and how many threads. Out: the best that loads, with the reason. Wrong: BACKEND_UNAVAILABLE.
 * A native backend or WebGPU is started here; WebAssembly is not, because it may be wanted once in each of several threads.
 */
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import { nativePackages, startNativeBackend } from './native-backend.ts';
import { nativeLibrary } from './native-library.ts';
import { startWebGpuBackend } from './webgpu-backend.ts';

export type BackendName = 'node-gpu' | 'node' | 'webgpu' | 'wasm';

export interface ChosenBackend {
  readonly name: BackendName;
  /** Why this one: what was tried before it. */
  readonly reason: string;
}

/**
 * @param wanted `auto` takes the best that loads: node-gpu, node, wasm. WebGPU is taken only by name: whether it is the faster one depends on
 * the machine, which may have no more than a driver on the CPU
 * @param threads of a native backend; 0 leaves it to TensorFlow
 * @throws BACKEND_UNAVAILABLE
 */
export async function openBackend(wanted: BackendName | 'auto', threads: number): Promise<ChosenBackend> {
  if (wanted === 'auto') return openBest(threads);
  const failure = wanted === 'wasm' ? null : wanted === 'webgpu' ? await startWebGpuBackend() : await startNativeBackend(wanted, threads);
  if (failure === null) return { name: wanted, reason: `engine.backend asks for it${whatIsMissing(wanted)}` };
  throw new PretrainZeroError('BACKEND_UNAVAILABLE', failure, { key: 'engine.backend' });
}

async function openBest(threads: number): Promise<ChosenBackend> {
  const tried: string[] = [];
  for (const name of ['node-gpu', 'node'] as const) {
    const failure = await startNativeBackend(name, threads);
    if (failure === null) return { name, reason: [...tried, `${nativePackages[name]} is installed${whatIsMissing(name)}`].join('; ') };
    tried.push(failure);
  }
  return { name: 'wasm', reason: tried.join('; ') };
}

/** What a person should know of a backend that works. */
function whatIsMissing(name: BackendName): string {
  return name === 'node' && nativeLibrary() === null ? ', without the library for this processor: npm run setup:native makes it, and training is quicker' : '';
}
