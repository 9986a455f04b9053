import { rmSync } from 'node:fs';
import { after } from 'node:test';
import { initialiseModel } from '../../../infra/engine/model-files/initialise-model.ts';
import type { ModelConfig } from '../../../infra/engine/model-files/model-config.ts';
import { writeModelFolder } from '../../../infra/engine/model-files/write-model-folder.ts';
import { stubVocabularySize } from '../../stub-tokenizer.ts';
import { newDirectory } from '../stub-run.ts';

const modelConfig: ModelConfig = {
  ...{ architecture: 'llama', vocabularySize: stubVocabularySize, width: 16, layers: 1, heads: 2, kvHeads: 1, headDim: 8, ffnWidth: 24, rmsNormEps: 1e-5, ropeTheta: 10_000, ropeScaling: null },
  ...{ maxPositions: 2048, tiedEmbeddings: true, qkNorm: false, attentionBias: false, experts: null, slidingWindow: null, fullAttentionLayers: [], noRopeLayers: [], bosToken: null, eosTokens: [2] },
};

/** Folders of two models of one shape and other weights. */
export const tinyModels = await Promise.all([1, 2].map(writeModel));

async function writeModel(seed: number): Promise<string> {
  const folder = newDirectory();
  await writeModelFolder(folder, { config: modelConfig, weights: initialiseModel(modelConfig, seed) });
  return folder;
}
after(() => tinyModels.forEach((folder) => rmSync(folder, { recursive: true })));
