/** Models for the engine's tests, on the tested backend. */
import type { Adapter } from '../../../../infra/engine/model-files/adapter/adapter.ts';
import { initialiseModel } from '../../../../infra/engine/model-files/initialise-model.ts';
import type { ModelConfig } from '../../../../infra/engine/model-files/model-config.ts';
import { loadEngineState } from '../../../../infra/engine/tfjs/engine-state-files.ts';
import type { PolicyModel } from '../../../../infra/engine/tfjs/model/policy-model.ts';
import { PolicyWeights } from '../../../../infra/engine/tfjs/model/policy-weights.ts';
import { ropeTables } from '../../../../infra/engine/tfjs/model/rope-table.ts';
import { LocalReplica } from '../../../../infra/engine/tfjs/replicas/local-replica.ts';
import type { Replica } from '../../../../infra/engine/tfjs/replicas/replica.ts';
import { WorkSharing } from '../../../../infra/engine/tfjs/replicas/work-sharing.ts';
import type { Gradients } from '../../../../infra/engine/tfjs/training/gradients.ts';
import { openGradients } from '../../../../infra/engine/tfjs/training/open-gradients.ts';
import type { AccumulateReport, AccumulateRequest, TrainingGroup } from '../../../../operators/ports/engine.ts';
import type { Weights } from '../../../../infra/engine/model-files/host-tensor.ts';
import { startTestedBackend } from '../tested-backend.ts';

export const tinyConfig: ModelConfig = {
  architecture: 'llama',
  vocabularySize: 48,
  width: 16,
  layers: 2,
  heads: 4,
  kvHeads: 2,
  headDim: 8,
  ffnWidth: 24,
  rmsNormEps: 1e-5,
  ropeTheta: 10_000,
  ropeScaling: null,
  maxPositions: 512,
  tiedEmbeddings: true,
  qkNorm: false,
  attentionBias: false,
  experts: null,
  slidingWindow: null,
  fullAttentionLayers: [],
  noRopeLayers: [],
  bosToken: 0,
  eosTokens: [0],
};

/** Fresh weights, larger than usual, so that attention is far from uniform; norms and biases moved off their start. */
export function livelyWeights(config: ModelConfig, seed = 1): Weights {
  const weights = initialiseModel(config, seed);
  for (const [name, { data }] of weights) {
    const isVector = name.endsWith('norm.weight') || name.endsWith('.bias');
    data.forEach((value, i) => (data[i] = isVector ? value + 0.2 * Math.sin(i + name.length) : value * 8));
  }
  return weights;
}

/** The parts of the engine that train, without the engine: gradients can be looked at. */
export interface Trainer {
  readonly model: PolicyModel;
  readonly store: Gradients;
  accumulate(request: AccumulateRequest): Promise<AccumulateReport>;
  score(groups: readonly TrainingGroup[]): Promise<number[][][]>;
}

export interface TrainerOptions {
  readonly adapter?: Adapter | null;
  readonly recomputeActivations?: boolean;
}

export async function openTrainer(config: ModelConfig, weights: Weights, { adapter = null, recomputeActivations = false }: TrainerOptions = {}): Promise<Trainer> {
  await startTestedBackend();
  const model = { weights: new PolicyWeights(config, weights, adapter), ropes: ropeTables(config) };
  const replica: Replica = new LocalReplica({ config, weights, adapter, recomputeActivations });
  const work = new WorkSharing([replica], config);
  const store = openGradients(model.weights);
  return {
    model,
    store,
    accumulate: async (request) => {
      await replica.refresh();
      return work.accumulate(request, store);
    },
    score: (groups) => work.score(groups),
  };
}

export async function openTrainerOf(directory: string): Promise<Trainer> {
  const { config, weights } = await loadEngineState(directory);
  return openTrainer(config, weights);
}
