/**
 * The engine's state as files where it trains an adapter: a folder in PEFT's layout whose `adapter_model.safetensors` names the policy version, with the base's tokenizer
 * files, and `optimizer.safetensors` with AdamW's moments of A and B. In and out: adapter, version, optimiser. Wrong: MODEL_INVALID, MODEL_UNSUPPORTED, DISK_FULL, NOT_WRITABLE.
 */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { Adapter } from '../model-files/adapter/adapter.ts';
import { feedForwardTargets, orderedTargets, type AdapterConfig } from '../model-files/adapter/adapter-config.ts';
import { adapterFiles, isAdapterFolder, readAdapter, readAdapterConfig, writeAdapter } from '../model-files/adapter/adapter-folder.ts';
import { initialiseAdapter } from '../model-files/adapter/initialise-adapter.ts';
import type { Weights } from '../model-files/host-tensor.ts';
import type { ModelConfig } from '../model-files/model-config.ts';
import { readSafetensorsMetadata } from '../model-files/read-safetensors.ts';
import { writeCompanions } from '../model-files/write-model-folder.ts';
import type { TfjsEngineOptions } from './engine-options.ts';
import { naturalOf, saveOptimizer, versionKey } from './engine-state-files.ts';
import type { AdamW } from './training/adamw.ts';

export interface AdapterState {
  readonly adapter: Adapter;
  readonly version: number;
  /** Of the base, where its tokenizer lies in no folder: name -> text. */
  readonly files: ReadonlyMap<string, string>;
}

/** A fresh adapter; null where the options ask for none. @throws MODEL_UNSUPPORTED where the base is an adapter itself, or targets are experts */
export function openAdapter({ modelDirectory, lora }: TfjsEngineOptions, config: ModelConfig): Adapter | null {
  if (lora === undefined || lora === null) return null;
  if (isAdapterFolder(modelDirectory)) {
    throw new PretrainZeroError('MODEL_UNSUPPORTED', 'engine.lora cannot put an adapter on an adapter; merge it into its base before', { file: modelDirectory });
  }
  const { rank, alpha, targets, seed } = lora;
  const ofExperts = targets.filter((target) => feedForwardTargets.includes(target));
  if (config.experts !== null && ofExperts.length > 0) {
    throw new PretrainZeroError('MODEL_UNSUPPORTED', `engine.lora.targets: experts get no adapter, as in PEFT, so ${ofExperts.join(', ')} must be left out`, { key: 'engine.lora.targets' });
  }
  return initialiseAdapter({ rank, alpha, targets: orderedTargets(targets) }, config, seed);
}

/** @param base where the base model is, as the adapter names it; @param optimizer null leaves its state out */
export async function saveAdapterState(directory: string, { adapter, version, files }: AdapterState, base: string, optimizer: AdamW | null): Promise<void> {
  const metadata = { [versionKey]: String(version) };
  await writeCompanions(directory, { source: base, files });
  await writeAdapter(directory, adapter, base, metadata);
  await saveOptimizer(directory, adapter.tensors, metadata, optimizer);
}

/** The tensors of an adapter with the same settings, and their version. @throws MODEL_INVALID where the folder holds none, MODEL_UNSUPPORTED */
export async function loadAdapterState(directory: string, settings: AdapterConfig, config: ModelConfig): Promise<{ readonly weights: Weights; readonly version: number }> {
  if (!isAdapterFolder(directory)) throw new PretrainZeroError('MODEL_INVALID', 'The folder holds no adapter, but the engine was opened with engine.lora', { file: directory });
  const { config: stored } = await readAdapterConfig(directory);
  if (!isDeepStrictEqual(stored, settings)) {
    throw new PretrainZeroError('MODEL_INVALID', 'The folder holds an adapter of another rank, alpha or targets than engine.lora asks for', { file: directory });
  }
  const { tensors } = await readAdapter(directory, settings, config);
  const file = join(directory, adapterFiles.weights);
  return { weights: tensors, version: naturalOf(await readSafetensorsMetadata(file), versionKey, file) };
}
