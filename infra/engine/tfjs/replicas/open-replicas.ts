/**
 * Decides how a model is spread over threads. In: the model, its weights in shared memory, and the wanted backend and threads. Out: replicas, at least
 * one. Wrong: BACKEND_UNAVAILABLE, OUT_OF_MEMORY, ENGINE_FAILED.
 *
 * On WebAssembly replicas side by side beat threads within each operation: they also share out what the host does, and wait for each other only
 * once a step. A model too large for several copies gets one, with threads within.
 */
import os from 'node:os';
import { elementCount } from '../../model-files/host-tensor.ts';
import { openBackend, type ChosenBackend } from '../backend/open-backend.ts';
import { startWasmBackend } from '../backend/wasm-backend.ts';
import type { TfjsEngineOptions } from '../engine-options.ts';
import { LocalReplica, type ReplicaModel } from './local-replica.ts';
import type { Replica } from './replica.ts';
import { openThreadReplica } from './thread-replica.ts';

export interface OpenReplicas {
  readonly backend: ChosenBackend;
  readonly threads: number;
  readonly replicas: readonly Replica[];
}

const workingBytes = 2 ** 30; // of a replica, beside its weights
const memoryShare = 0.5; // of the machine's, for all replicas

/** @param options threads: 0 takes all cores */
export async function openReplicas(model: ReplicaModel, options: Pick<TfjsEngineOptions, 'backend' | 'threads'>): Promise<OpenReplicas> {
  const threads = options.threads === 0 ? os.availableParallelism() : options.threads;
  const nativeCount = Math.min(threads, nativeReplicas(model));
  const backend = await openBackend(options.backend, nativeCount > 1 ? 1 : threads);
  const count = backend.name === 'node' ? nativeCount : backend.name === 'wasm' ? Math.min(threads, affordableReplicas(model)) : 1;
  if (count <= 1) {
    const within = backend.name === 'wasm' ? await startWasmBackend(threads) : threads;
    return { backend, threads: within, replicas: [new LocalReplica(model)] };
  }
  const kind = backend.name === 'node' ? 'node' : 'wasm';
  const opening = Array.from({ length: count }, (_, i) => openThreadReplica(model, kind, `engine replica ${i + 1}`));
  return { backend, threads: count, replicas: await allOrNone(opening) };
}

function nativeReplicas(model: ReplicaModel): number {
  return process.env.NOREP ? 1 : affordableReplicas(model);
}

/** A replica has its weights in two orders, and a pass's gradients, which an adapter has next to none of. */
function affordableReplicas({ weights, adapter }: ReplicaModel): number {
  const parameters = [...weights.values()].reduce((sum, { shape }) => sum + elementCount(shape), 0);
  return Math.floor((memoryShare * os.totalmem()) / ((adapter === null ? 3 : 2) * 4 * parameters + workingBytes));
}

async function allOrNone(opening: readonly Promise<Replica>[]): Promise<Replica[]> {
  const opened = await Promise.allSettled(opening);
  const replicas = opened.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
  const failed = opened.find((result) => result.status === 'rejected');
  if (failed === undefined) return replicas;
  await Promise.all(replicas.map((replica) => replica.close()));
  throw failed.reason;
}
