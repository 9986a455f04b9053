/** A replica in a thread of its own. In: config and weights in shared memory. Wrong: as `Replica`; ENGINE_FAILED once the thread has died. */
import { Worker } from 'node:worker_threads';
import { ThreadCaller } from '../threads/thread-caller.ts';
import type { ReplicaModel } from './local-replica.ts';
import type { ReplicaCalls } from './replica-calls.ts';
import type { Replica } from './replica.ts';

/** @param name of the thread, for debuggers */
export async function openThreadReplica(model: ReplicaModel, name: string): Promise<Replica> {
  const worker = new Worker(new URL('./replica-worker.js', import.meta.url), { workerData: model, name });
  const thread = new ThreadCaller<ReplicaCalls>(worker);
  await thread.ready;
  return {
    trainPass: (groups, loss) => thread.call('trainPass', [groups, loss]),
    scorePass: (groups) => thread.call('scorePass', [groups]),
    refresh: () => thread.call('refresh', []),
    close: () => thread.terminate(),
  };
}
