/** What a replica's thread can be asked. */
import type { Sample, SamplingGroup, TrainingGroup } from '../../../../operators/ports/engine.ts';
import type { SamplingSettings } from '../sampling/sample-batch.ts';
import type { PassLoss, PassResult } from '../training/train-pass.ts';

export interface ReplicaCalls {
  trainPass(groups: readonly TrainingGroup[], loss: PassLoss): PassResult;
  scorePass(groups: readonly TrainingGroup[]): number[][][];
  sampleBatch(groups: readonly SamplingGroup[], settings: SamplingSettings): Sample[][];
  refresh(): void;
}
