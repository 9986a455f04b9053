/**
 * A replica's thread. In: `ReplicaStart` as worker data, its weights in shared memory, then `ReplicaCalls`. Out: replies; gradients are given away, not copied. Errors become
 * messages.
 */
import { workerData, type Transferable } from 'node:worker_threads';
import { startReplicaBackend } from '../backend/replica-backend.ts';
import { serveCalls } from '../threads/serve-calls.ts';
import type { PassResult } from '../training/train-pass.ts';
import { LocalReplica } from './local-replica.ts';
import type { ReplicaCalls, ReplicaStart } from './replica-calls.ts';

await serveCalls<ReplicaCalls>(async () => {
  const { model, backend } = workerData as ReplicaStart;
  await startReplicaBackend(backend);
  const replica = new LocalReplica(model);
  return {
    ready: null,
    methods: {
      trainPass: (_, groups, loss) => replica.trainPass(groups, loss),
      scorePass: (_, groups) => replica.scorePass(groups),
      entropyPass: (_, text) => replica.entropyPass(text),
      promptPass: (_, promptTokens) => replica.promptPass(promptTokens),
      refresh: () => replica.refresh(),
    },
    transfer: (value) => (isPassResult(value) ? gradientBuffers(value) : []),
  };
});

function isPassResult(value: unknown): value is PassResult {
  return typeof value === 'object' && value !== null && 'gradients' in value;
}

function gradientBuffers({ gradients: { linear, direct } }: PassResult): Transferable[] {
  return [...[...linear.values()].map(({ values }) => values), ...direct.values()].map(({ buffer }) => buffer as ArrayBuffer);
}
