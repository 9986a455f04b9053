/**
 * Decides how a model is spread over threads. In: the model and the wanted backend and threads. Out: replicas, at least one. Wrong: BACKEND_UNAVAILABLE,
 * OUT_OF_MEMORY, ENGINE_FAILED.
 *
 * On WebAssembly replicas side by side beat threads within one operation: they also share out what the host does, and wait for each other only
 * once a step. A model too large for several copies gets one, with threads within.
 */
import os from 'node:os';
import { elementCount } from '../../model-files/host-tensor.ts';
import { LocalReplica, type BackendChoice, type ReplicaModel } from './local-replica.ts';
import type { Replica } from './replica.ts';
import { openThreadReplica } from './thread-replica.ts';

const activationBytes = 2 ** 30; // what a replica takes beside its weights
const memoryShare = 0.5; // of the machine's, for all replicas

/** @param choice threads: 0 takes all cores */
export async function openReplicas(model: ReplicaModel, choice: BackendChoice): Promise<Replica[]> {
  const threads = choice.threads === 0 ? os.availableParallelism() : choice.threads;
  const local = await LocalReplica.open(model, { backend: choice.backend, threads: 1 });
  if (local.backend.name !== 'wasm') return [local];
  const count = Math.min(threads, affordableReplicas(model));
  if (count > 1) return openThreads(model, count);
  return [await LocalReplica.open(model, { backend: 'wasm', threads })];
}
