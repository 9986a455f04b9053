/** Shapes of tiny base models, one a model family: what the recipe of the bundled one makes others from. */
import type { ModelConfig } from '../../infra/engine/model-files/model-config.ts';

export const vocabularySize = 3072;
export const maxPositions = 512;

/**
 * About 1.1 million parameters: 3072 x 128 tied embedding, 4 blocks of width 128. The first block sees only a token and the one before it. Copying what stands
 * elsewhere in a context ("induction") takes two heads in a row, of which the first looks one back: with that one given, a small model finds the other
 * within 200 steps, and without it not within 2,000.
 */
const common: ModelConfig = {
  architecture: 'llama',
  vocabularySize,
  width: 128,
  layers: 4,
  heads: 4,
  kvHeads: 2,
  headDim: 32,
  ffnWidth: 344,
  rmsNormEps: 1e-5,
  ropeTheta: 10_000,
  ropeScaling: null,
  maxPositions,
  tiedEmbeddings: true,
  qkNorm: false,
  attentionBias: false,
  experts: null,
  slidingWindow: 2,
  fullAttentionLayers: [1, 2, 3],
  noRopeLayers: [],
  bosToken: null,
  eosTokens: [0],
};

/** By family. Those whose class has one window for all layers, or none (Mistral, Llama), cannot have such a first block. */
export const modelShapes: ReadonlyMap<string, ModelConfig> = new Map([
  ['smollm3', common],
  ['qwen3', { ...common, qkNorm: true }],
  ['qwen2', { ...common, attentionBias: true }],
]);
