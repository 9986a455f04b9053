/**
 * In: where a model is, a folder in Hugging Face layout or a GGUF file. Out: its config, or all of it. Wrong: MODEL_INVALID, MODEL_UNSUPPORTED with the name of the
 * field.
 */
import { readGgufConfig } from './gguf/gguf-config.ts';
import { isGgufPath } from './gguf/read-gguf-file.ts';
import { readGgufModel } from './gguf/read-gguf-model.ts';
import type { Model } from './model.ts';
import { readModelConfig, type ModelConfig } from './model-config.ts';
import { readModelWeights } from './read-model-weights.ts';

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export function readConfigOf(path: string): Promise<ModelConfig> {
  return isGgufPath(path) ? readGgufConfig(path) : readModelConfig(path);
}

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export async function readModel(path: string): Promise<Model> {
  if (isGgufPath(path)) return readGgufModel(path);
  const config = await readModelConfig(path);
  return { config, weights: await readModelWeights(path, config), files: new Map() };
}
