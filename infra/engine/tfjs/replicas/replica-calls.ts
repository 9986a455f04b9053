/** What a replica's thread is started with, and can be asked. */
import type { EntropyText, TrainingGroup } from '../../../../operators/ports/engine.ts';
import type { ReplicaBackend } from '../backend/replica-backend.ts';
import type { PassLoss, PassResult } from '../training/train-pass.ts';
import type { ReplicaModel } from './local-replica.ts';

export interface ReplicaStart {
  readonly model: ReplicaModel;
  readonly backend: ReplicaBackend;
}

export interface ReplicaCalls {
  trainPass(groups: readonly TrainingGroup[], loss: PassLoss): PassResult;
  scorePass(groups: readonly TrainingGroup[]): number[][][];
  entropyPass(text: EntropyText): number[];
  promptPass(promptTokens: readonly number[]): Float32Array;
  refresh(): void;
}
