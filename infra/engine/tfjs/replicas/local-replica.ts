/** A replica in this thread. In: config, weights (may be shared memory), backend. Wrong: as `Replica`; BACKEND_UNAVAILABLE when opened. */
import { setImmediate } from 'node:timers/promises';
import type { GenerateProgress, Sample, SamplingGroup, TrainingGroup } from '../../../../operators/ports/engine.ts';
import type { Weights } from '../../model-files/host-tensor.ts';
import type { ModelConfig } from '../../model-files/model-config.ts';
import { openBackend } from '../backend/open-backend.ts';
import type { TfjsEngineOptions } from '../engine-options.ts';
import type { PolicyModel } from '../model/policy-model.ts';
import { PolicyWeights } from '../model/policy-weights.ts';
import { RopeTable } from '../model/rope-table.ts';
import { sampleBatch, type SamplingSettings } from '../sampling/sample-batch.ts';
import { scorePass } from '../training/score-pass.ts';
import { trainPass, type PassLoss, type PassResult } from '../training/train-pass.ts';
import type { Replica, ReplicaBackend } from './replica.ts';

export interface ReplicaModel {
  readonly config: ModelConfig;
  readonly weights: Weights;
}

export type BackendChoice = Pick<TfjsEngineOptions, 'backend' | 'threads'>;

const breathe = async (): Promise<void> => {
  await setImmediate();
};

export class LocalReplica implements Replica {
  readonly backend: ReplicaBackend;
  readonly #model: PolicyModel;

  private constructor(backend: ReplicaBackend, { config, weights }: ReplicaModel) {
    this.backend = backend;
    this.#model = { weights: new PolicyWeights(config, weights), rope: new RopeTable(config.headDim, config.ropeTheta) };
  }

  static async open(model: ReplicaModel, { backend, threads }: BackendChoice): Promise<LocalReplica> {
    return new LocalReplica(await openBackend(backend, threads), model);
  }

  async trainPass(groups: readonly TrainingGroup[], loss: PassLoss): Promise<PassResult> {
    await breathe();
    return trainPass(groups, loss, this.#model);
  }

  async scorePass(groups: readonly TrainingGroup[]): Promise<number[][][]> {
    await breathe();
    return scorePass(groups, this.#model);
  }

  sampleBatch(groups: readonly SamplingGroup[], settings: SamplingSettings, progress: GenerateProgress): Promise<Sample[][]> {
    return sampleBatch(groups, settings, this.#model, progress, breathe);
  }

  refresh(): Promise<void> {
    this.#model.weights.refresh();
    return Promise.resolve();
  }

  close(): Promise<void> {
    return this.refresh();
  }
}
