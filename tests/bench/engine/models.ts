/**
 * The models that are measured, with random weights: only their shape costs time. In: a name and a folder. Out: a Hugging Face folder there, written once by our
 * own writer and read by all contenders. Wrong: DISK_FULL, NOT_WRITABLE.
 */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { initialiseModel } from '../../../infra/engine/model-files/initialise-model.ts';
import type { ModelConfig } from '../../../infra/engine/model-files/model-config.ts';
import { writeModelFolder } from '../../../infra/engine/model-files/write-model-folder.ts';

export type ModelName = '5m' | '135m';

const common = {
  architecture: 'llama',
  rmsNormEps: 1e-5,
  ropeTheta: 10_000,
  ropeScaling: null,
  experts: null,
  maxPositions: 2048,
  tiedEmbeddings: true,
  qkNorm: false,
  attentionBias: false,
  slidingWindow: null,
  fullAttentionLayers: [],
  noRopeLayers: [],
  bosToken: null,
  eosTokens: [0],
} as const;

export const benchModels: Readonly<Record<ModelName, ModelConfig>> = {
  '5m': { ...common, vocabularySize: 4096, width: 256, layers: 6, heads: 8, kvHeads: 4, headDim: 32, ffnWidth: 688 },
  /** The shape of SmolLM2-135M. */
  '135m': { ...common, vocabularySize: 49_152, width: 576, layers: 30, heads: 9, kvHeads: 3, headDim: 64, ffnWidth: 1536 },
};

/** @returns the model's folder, below `folder` */
export async function writeBenchModel(name: ModelName, folder: string): Promise<string> {
  const directory = join(folder, name);
  if (existsSync(directory)) return directory;
  const config = benchModels[name];
  const unfinished = `${directory}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  // With GPT-2's 0.02 every sample would repeat its prompt's last token, as the output projection is the embedding.
  await writeModelFolder(unfinished, { config, weights: initialiseModel(config, 1, 1 / Math.sqrt(config.width)) });
  await rename(unfinished, directory);
  return directory;
}

/** Multiplications and additions of one position through all layers, forward, without attention's products; the head is apart, as not every position goes through it. */
export function flopsPerPosition({ layers, width, heads, kvHeads, headDim, ffnWidth }: ModelConfig): number {
  return 2 * layers * (width * headDim * (2 * heads + 2 * kvHeads) + 3 * width * ffnWidth);
}

/** The output projection of one position. */
export function headFlops({ width, vocabularySize }: ModelConfig): number {
  return 2 * width * vocabularySize;
}
