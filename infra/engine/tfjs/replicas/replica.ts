/**
 * One copy of the policy on one device, which computes passes. The engine shares its work among its replicas; which of them does what changes no
 * result. Wrong: OUT_OF_MEMORY, NOT_A_NUMBER, ENGINE_FAILED.
 */
import type { EntropyText, TrainingGroup } from '../../../../operators/ports/engine.ts';
import type { PassLoss, PassResult } from '../training/train-pass.ts';

export interface Replica {
  trainPass(groups: readonly TrainingGroup[], loss: PassLoss): Promise<PassResult>;
  scorePass(groups: readonly TrainingGroup[]): Promise<number[][][]>;
  entropyPass(text: EntropyText): Promise<number[]>;
  /** The state that a prompt ends with, [width]. */
  promptPass(promptTokens: readonly number[]): Promise<Float32Array>;
  /** What is trained has changed. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}
