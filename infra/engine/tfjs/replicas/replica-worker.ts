/** A replica's thread. In: `ReplicaStart` as worker data, then `ReplicaCalls`. Out: replies; gradients are given away, not copied. */
import { workerData, type TransferListItem } from 'node:worker_threads';
import { serveCalls } from '../threads/serve-calls.ts';
import type { PassResult } from '../training/train-pass.ts';
import { LocalReplica } from './local-replica.ts';
import type { ReplicaCalls, ReplicaStart } from './replica-calls.ts';

await serveCalls<ReplicaCalls>(async () => {
  const { model, backend } = workerData as ReplicaStart;
  const replica = await LocalReplica.open(model, backend);
  return {
    ready: replica.backend,
    methods: {
      trainPass: (_, groups, loss) => replica.trainPass(groups, loss),
      scorePass: (_, groups) => replica.scorePass(groups),
      sampleBatch: (progress, groups, settings) => replica.sampleBatch(groups, settings, progress),
      refresh: () => replica.refresh(),
    },
    transfer: (value) => (isPassResult(value) ? gradientBuffers(value) : []),
  };
});

function isPassResult(value: unknown): value is PassResult {
  return typeof value === 'object' && value !== null && 'gradients' in value;
}

function gradientBuffers({ gradients: { linear, direct } }: PassResult): TransferListItem[] {
  return [...[...linear.values()].map(({ values }) => values), ...direct.values()].map(({ buffer }) => buffer as ArrayBuffer);
}
