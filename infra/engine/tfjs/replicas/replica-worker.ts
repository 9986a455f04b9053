/**
 * A replica's thread, on WebAssembly. In: `ReplicaModel` as worker data, its weights in shared memory, then `ReplicaCalls`. Out: replies; gradients
 * are given away, not copied. Errors become messages.
 */
import { workerData, type Transferable } from 'node:worker_threads';
import { startWasmBackend } from '../backend/wasm-backend.ts';
import { serveCalls } from '../threads/serve-calls.ts';
import type { PassResult } from '../training/train-pass.ts';
import { LocalReplica, type ReplicaModel } from './local-replica.ts';
import type { ReplicaCalls } from './replica-calls.ts';

await serveCalls<ReplicaCalls>(async () => {
  await startWasmBackend(1);
  const replica = new LocalReplica(workerData as ReplicaModel);
  return {
    ready: null,
    methods: {
      trainPass: (_, groups, loss) => replica.trainPass(groups, loss),
      scorePass: (_, groups) => replica.scorePass(groups),
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
