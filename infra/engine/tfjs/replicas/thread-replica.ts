/** A replica in a thread of its own. In: config and weights in shared memory. Wrong: as `Replica`; ENGINE_FAILED once the thread has died. */
import { Worker } from 'node:worker_threads';
import { ThreadCaller } from '../threads/thread-caller.ts';
import type { Replica, ReplicaBackend } from './replica.ts';
import type { ReplicaCalls, ReplicaStart } from './replica-calls.ts';

/** @param name of the thread, for debuggers */
export async function openThreadReplica(start: ReplicaStart, name: string): Promise<Replica> {
  const worker = new Worker(new URL('./replica-worker.js', import.meta.url), { workerData: start, name });
  const thread = new ThreadCaller<ReplicaCalls>(worker);
  const backend = (await thread.ready) as ReplicaBackend;
  return {
    backend,
    trainPass: (groups, loss) => thread.call('trainPass', [groups, loss]),
    scorePass: (groups) => thread.call('scorePass', [groups]),
    sampleBatch: (groups, settings, progress) => thread.call('sampleBatch', [groups, settings], progress),
    refresh: () => thread.call('refresh', []),
    close: () => thread.terminate(),
  };
}
