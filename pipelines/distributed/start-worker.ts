import type { ForkedWorker } from '../../infra/processes/fork-worker.ts';

/** Starts a worker of a stage in a process of its own, which ends when this one does. */
export type StartWorker = (stage: string) => ForkedWorker;
