/** Models for the engine's tests: the parts of a training pass, on the WebAssembly backend. */
import { initialiseModel } from '../../../../infra/engine/model-files/initialise-model.ts';
import type { ModelConfig } from '../../../../infra/engine/model-files/model-config.ts';
import { openBackend } from '../../../../infra/engine/tfjs/backend/open-backend.ts';
import { loadEngineState } from '../../../../infra/engine/tfjs/engine-state-files.ts';
import { PolicyWeights } from '../../../../infra/engine/tfjs/model/policy-weights.ts';
import { RopeTable } from '../../../../infra/engine/tfjs/model/rope-table.ts';
import type { TrainingPass } from '../../../../infra/engine/tfjs/training/accumulate.ts';
import { GradientStore } from '../../../../infra/engine/tfjs/training/gradient-store.ts';
import type { Weights } from '../../../../infra/engine/model-files/host-tensor.ts';

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
  maxPositions: 512,
  tiedEmbeddings: true,
  qkNorm: false,
  attentionBias: false,
  slidingWindow: null,
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

export async function trainingPass(config: ModelConfig, weights: Weights, maxPassTokens = 2048): Promise<TrainingPass> {
  await openBackend('wasm', 1);
  const policy = new PolicyWeights(config, weights);
  const rope = new RopeTable(config.headDim, config.ropeTheta);
  return { weights: policy, rope, store: new GradientStore(policy), maxPassTokens, breathe: () => Promise.resolve() };
}

export async function trainingPassOf(directory: string): Promise<TrainingPass> {
  const { config, weights } = await loadEngineState(directory);
  return trainingPass(config, weights);
}
