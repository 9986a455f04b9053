/**
 * In: where a model is: a folder in Hugging Face layout, a GGUF file, or the folder of a LoRA adapter, which stands for its base with the adapter merged into it. Out: its
 * config, or all of it. Wrong: MODEL_INVALID, MODEL_UNSUPPORTED with the name of the field.
 */
import { adapterBase, isAdapterFolder, readAdapter, readAdapterConfig } from './adapter/adapter-folder.ts';
import { mergeAdapter } from './adapter/merge-adapter.ts';
import { readGgufConfig } from './gguf/gguf-config.ts';
import { isGgufPath } from './gguf/read-gguf-file.ts';
import { readGgufModel } from './gguf/read-gguf-model.ts';
import type { Model } from './model.ts';
import { readModelConfig, type ModelConfig } from './model-config.ts';
import { readModelWeights } from './read-model-weights.ts';

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export async function readConfigOf(path: string): Promise<ModelConfig> {
  const source = await sourceOf(path);
  return isGgufPath(source) ? readGgufConfig(source) : readModelConfig(source);
}

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export async function readModel(path: string): Promise<Model> {
  if (isAdapterFolder(path)) return readMerged(path);
  if (isGgufPath(path)) return readGgufModel(path);
  const config = await readModelConfig(path);
  return { config, weights: await readModelWeights(path, config), files: new Map() };
}

/** Where a model's tokenizer and other files are: with it, or with its base where it is an adapter. @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export async function sourceOf(path: string): Promise<string> {
  return isAdapterFolder(path) ? adapterBase(path) : path;
}

async function readMerged(directory: string): Promise<Model> {
  const { config: settings } = await readAdapterConfig(directory);
  const { config, weights, files } = await readModel(await adapterBase(directory));
  return { config, weights: mergeAdapter(weights, await readAdapter(directory, settings, config)), files };
}
