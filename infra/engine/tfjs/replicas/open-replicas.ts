/**
 * Decides how a model is spread over threads. In: the model, its weights in shared memory, and the wanted backend and threads. Out: replicas, at least
 * one. Wrong: BACKEND_UNAVAILABLE, OUT_OF_MEMORY, ENGINE_FAILED.
 *
 * On a CPU replicas side by side beat threads within each operation: they also share out what the host does, and wait for each other only once a step. A model too large for several
 * copies gets one, with threads within. On the native backend so does one whose sampling takes the backend's products, which are for all threads.
 */
import os from 'node:os';
import { elementCount } from '../../model-files/host-tensor.ts';
import { openBackend, type ChosenBackend } from '../backend/open-backend.ts';
import type { ReplicaBackend } from '../backend/replica-backend.ts';
import { startWasmBackend } from '../backend/wasm-backend.ts';
import type { TfjsEngineOptions } from '../engine-options.ts';
import { samplesOnBackend } from '../sampling/sampler.ts';
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
  const affordable = Math.min(threads, affordableReplicas(model));
  const onNative = sharesBinding && !samplesOnBackend(parametersOf(model)) ? affordable : 1;
  const backend = await openBackend(options.backend, onNative > 1 ? 1 : threads);
  if (backend.name === 'node' && onNative > 1) return { backend, threads: onNative, replicas: await openThreads(model, 'node', onNative) };
  if (backend.name !== 'wasm') return { backend, threads, replicas: [new LocalReplica(model)] };
  if (affordable > 1) return { backend, threads: affordable, replicas: await openThreads(model, 'wasm', affordable) };
  return { backend, threads: await startWasmBackend(threads), replicas: [new LocalReplica(model)] };
}

/** Whether the copies of the native binding find the library that one of them has loaded. */
const sharesBinding = process.platform === 'linux';

function parametersOf({ weights }: ReplicaModel): number {
  return [...weights.values()].reduce((sum, { shape }) => sum + elementCount(shape), 0);
}

/** A replica has its weights in two orders, and a pass's gradients, which an adapter has next to none of. */
function affordableReplicas(model: ReplicaModel): number {
  return Math.floor((memoryShare * os.totalmem()) / ((model.adapter === null ? 3 : 2) * 4 * parametersOf(model) + workingBytes));
}

/** All or none. */
async function openThreads(model: ReplicaModel, backend: ReplicaBackend, count: number): Promise<Replica[]> {
  const opening = Array.from({ length: count }, (_, i) => openThreadReplica(model, backend, `engine replica ${i + 1}`));
  const opened = await Promise.allSettled(opening);
  const replicas = opened.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
  const failed = opened.find((result) => result.status === 'rejected');
  if (failed === undefined) return replicas;
  await Promise.all(replicas.map((replica) => replica.close()));
  throw failed.reason;
}
