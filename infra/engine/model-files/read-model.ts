/**
 * In: where a model is: a folder in Hugging Face layout, a GGUF file, or the folder of a LoRA adapter, which stands for its base with the adapter merged into it. Out: its
 * config, or all of it. Wrong: MODEL_INVALID, MODEL_UNSUPPORTED with the name of the field.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { adapterFiles, isAdapterFolder, readAdapter, readAdapterConfig } from './adapter/adapter-folder.ts';
import { mergeAdapter } from './adapter/merge-adapter.ts';
import { readGgufConfig } from './gguf/gguf-config.ts';
import { isGgufPath } from './gguf/read-gguf-file.ts';
import { readGgufModel } from './gguf/read-gguf-model.ts';
import type { Model } from './model.ts';
import { readModelConfig, type ModelConfig } from './model-config.ts';
import { readModelWeights } from './read-model-weights.ts';

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export async function readConfigOf(path: string): Promise<ModelConfig> {
  if (isAdapterFolder(path)) return readConfigOf(await baseOf(path));
  return isGgufPath(path) ? readGgufConfig(path) : readModelConfig(path);
}

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export async function readModel(path: string): Promise<Model> {
  if (isAdapterFolder(path)) return readMerged(path);
  if (isGgufPath(path)) return readGgufModel(path);
  const config = await readModelConfig(path);
  return { config, weights: await readModelWeights(path, config), files: new Map() };
}

async function readMerged(directory: string): Promise<Model> {
  const { config: settings } = await readAdapterConfig(directory);
  const { config, weights, files } = await readModel(await baseOf(directory));
  return { config, weights: mergeAdapter(weights, await readAdapter(directory, settings, config)), files };
}

/** A relative path begins in the working directory, as in PEFT. An adapter of an adapter is none that PEFT knows: its base would be loaded without it. */
async function baseOf(directory: string): Promise<string> {
  const { base } = await readAdapterConfig(directory);
  const place = { file: join(directory, adapterFiles.config), key: 'base_model_name_or_path' };
  if (!existsSync(base)) throw new PretrainZeroError('MODEL_INVALID', `The adapter's base model is not at "${base}"`, place);
  if (isAdapterFolder(base)) throw new PretrainZeroError('MODEL_UNSUPPORTED', `The adapter's base, "${base}", is an adapter itself`, place);
  return base;
}
