/** A replica in this thread, on the backend that is started. In: config, weights (may be shared memory). Wrong: as `Replica`. */
import { setImmediate } from 'node:timers/promises';
import type { EntropyText, TrainingGroup } from '../../../../operators/ports/engine.ts';
import type { Adapter } from '../../model-files/adapter/adapter.ts';
import type { Weights } from '../../model-files/host-tensor.ts';
import type { ModelConfig } from '../../model-files/model-config.ts';
import { promptPass } from '../critic/prompt-states.ts';
import type { PolicyModel } from '../model/policy-model.ts';
import { PolicyWeights } from '../model/policy-weights.ts';
import { ropeTables } from '../model/rope-table.ts';
import { entropyPass } from '../training/entropy-pass.ts';
import { scorePass } from '../training/score-pass.ts';
import { trainPass, type PassLoss, type PassResult } from '../training/train-pass.ts';
import type { Replica } from './replica.ts';

export interface ReplicaModel {
  readonly config: ModelConfig;
  readonly weights: Weights;
  readonly adapter: Adapter | null;
  /** In training: activations are computed again, not kept. */
  readonly recomputeActivations: boolean;
}

/** Lets messages through. */
const breathe = async (): Promise<void> => {
  await setImmediate();
};

export class LocalReplica implements Replica {
  readonly model: PolicyModel;
  readonly #recompute: boolean;

  constructor({ config, weights, adapter, recomputeActivations }: ReplicaModel) {
    this.model = { weights: new PolicyWeights(config, weights, adapter), ropes: ropeTables(config) };
    this.#recompute = recomputeActivations;
  }

  async trainPass(groups: readonly TrainingGroup[], loss: PassLoss): Promise<PassResult> {
    await breathe();
    return trainPass(groups, loss, this.model, this.#recompute);
  }

  async scorePass(groups: readonly TrainingGroup[]): Promise<number[][][]> {
    await breathe();
    return scorePass(groups, this.model);
  }

  async entropyPass(text: EntropyText): Promise<number[]> {
    await breathe();
    return entropyPass(text, this.model);
  }

  async promptPass(promptTokens: readonly number[]): Promise<Float32Array> {
    await breathe();
    return promptPass(promptTokens, this.model);
  }

  refresh(): Promise<void> {
    this.model.weights.refresh();
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.model.weights.release();
    return Promise.resolve();
  }
}
