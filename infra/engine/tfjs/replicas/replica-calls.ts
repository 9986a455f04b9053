/** What a replica's thread can be asked. */
import type { TrainingGroup } from '../../../../operators/ports/engine.ts';
import type { PassLoss, PassResult } from '../training/train-pass.ts';

export interface ReplicaCalls {
  trainPass(groups: readonly TrainingGroup[], loss: PassLoss): PassResult;
  scorePass(groups: readonly TrainingGroup[]): number[][][];
  refresh(): void;
}
