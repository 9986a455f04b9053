/** A replica in a thread of its own. In: config and weights in shared memory. Wrong: as `Replica`; ENGINE_FAILED once the thread has died. */
import { Worker } from 'node:worker_threads';
import type { ReplicaBackend } from '../backend/replica-backend.ts';
import { ThreadCaller } from '../threads/thread-caller.ts';
import type { ReplicaModel } from './local-replica.ts';
import type { ReplicaCalls, ReplicaStart } from './replica-calls.ts';
import type { Replica } from './replica.ts';

/** @param name of the thread, for debuggers */
export async function openThreadReplica(model: ReplicaModel, backend: ReplicaBackend, name: string): Promise<Replica> {
  const workerData: ReplicaStart = { model, backend };
  const worker = new Worker(new URL('./replica-worker.js', import.meta.url), { workerData, name });
  const thread = new ThreadCaller<ReplicaCalls>(worker);
  await thread.ready;
  return {
    trainPass: (groups, loss) => thread.call('trainPass', [groups, loss]),
    scorePass: (groups) => thread.call('scorePass', [groups]),
    entropyPass: (text) => thread.call('entropyPass', [text]),
    promptPass: (promptTokens) => thread.call('promptPass', [promptTokens]),
    refresh: () => thread.call('refresh', []),
    close: () => thread.terminate(),
  };
}
