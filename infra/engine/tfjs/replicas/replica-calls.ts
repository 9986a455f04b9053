/** What a replica's thread is started with, and what it can be asked. */
import type { Sample, SamplingGroup, TrainingGroup } from '../../../../operators/ports/engine.ts';
import type { SamplingSettings } from '../sampling/sample-batch.ts';
import type { PassLoss, PassResult } from '../training/train-pass.ts';
import type { BackendChoice, ReplicaModel } from './local-replica.ts';

export interface ReplicaStart {
  /** Its weights are shared memory. */
  readonly model: ReplicaModel;
  readonly backend: BackendChoice;
}

export interface ReplicaCalls {
  trainPass(groups: readonly TrainingGroup[], loss: PassLoss): PassResult;
  scorePass(groups: readonly TrainingGroup[]): number[][][];
  sampleBatch(groups: readonly SamplingGroup[], settings: SamplingSettings): Sample[][];
  refresh(): void;
}
