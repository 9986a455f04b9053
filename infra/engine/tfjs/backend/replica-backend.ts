/** The backend of a replica's thread, one thread within an operation. In: which. Out: TensorFlow.js set to it. Wrong: BACKEND_UNAVAILABLE. */
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import { nativePackages, startNativeBackend } from './native-backend.ts';
import { firstLine } from './optional-package.ts';
import { lendOwnBinding } from './own-binding.ts';
import { startWasmBackend } from './wasm-backend.ts';

/** What several threads may use at once; `node` once the engine's thread has started it. */
export type ReplicaBackend = 'node' | 'wasm';

export async function startReplicaBackend(backend: ReplicaBackend): Promise<void> {
  if (backend === 'wasm') {
    await startWasmBackend(1);
    return;
  }
  const failure = await startNative();
  if (failure !== null) throw new PretrainZeroError('BACKEND_UNAVAILABLE', failure, { key: 'engine.backend' });
}

async function startNative(): Promise<string | null> {
  try {
    lendOwnBinding(nativePackages.node);
  } catch (cause) {
    return `${nativePackages.node} cannot be loaded in several threads: ${firstLine(cause)}`;
  }
  return startNativeBackend('node', 1);
}
