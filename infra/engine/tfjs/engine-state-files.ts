/**
 * The engine's state as files: a Hugging Face folder whose `model.safetensors` names the policy version, and `optimizer.safetensors` with AdamW's
 * moments. In and out: weights, version, optimiser. Wrong: MODEL_INVALID, MODEL_UNSUPPORTED, DISK_FULL, NOT_WRITABLE.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { isAdapterFolder } from '../model-files/adapter/adapter-folder.ts';
import type { HostTensor } from '../model-files/host-tensor.ts';
import type { ModelConfig } from '../model-files/model-config.ts';
import type { Model } from '../model-files/model.ts';
import { readModel } from '../model-files/read-model.ts';
import { readSafetensors, readSafetensorsMetadata } from '../model-files/read-safetensors.ts';
import { writeModelFolder } from '../model-files/write-model-folder.ts';
import { writeSafetensors } from '../model-files/write-safetensors.ts';
import type { AdamW } from './training/adamw.ts';

const modelFile = 'model.safetensors';
const optimizerFile = 'optimizer.safetensors';
/** In the header of every file of tensors: the policy version. */
export const versionKey = 'policy_version';
const stepsKey = 'optimizer_steps';
const firstPrefix = 'm.';
const secondPrefix = 'v.';

export interface EngineState extends Model {
  readonly version: number;
}

/** @param source folder whose tokenizer files are taken over; @param optimizer null leaves its state out */
export async function saveEngineState(directory: string, { config, weights, version, files }: EngineState, source: string, optimizer: AdamW | null): Promise<void> {
  const metadata = { [versionKey]: String(version) };
  await writeModelFolder(directory, { config, weights, source, files, metadata });
  await saveOptimizer(directory, weights, metadata, optimizer);
}

/**
 * The optimiser's state of these weights, beside them.
 * @param metadata names the version, as in the file of the weights; @param optimizer null: an earlier save's state is taken away
 */
export async function saveOptimizer(
  directory: string,
  weights: ReadonlyMap<string, HostTensor>,
  metadata: Readonly<Record<string, string>>,
  optimizer: AdamW | null,
): Promise<void> {
  const file = join(directory, optimizerFile);
  if (optimizer === null) {
    await rm(file, { force: true });
    return;
  }
  const { steps, first, second } = optimizer.state();
  const tensors = new Map<string, HostTensor>();
  for (const [name, { shape }] of weights) {
    for (const [prefix, moments] of [[firstPrefix, first], [secondPrefix, second]] as const) {
      const data = moments.get(name);
      if (data !== undefined) tensors.set(`${prefix}${name}`, { shape, data });
    }
  }
  await writeSafetensors(file, tensors, { ...metadata, [stepsKey]: String(steps) });
}

/** Of a folder, or of a GGUF file, whose version is 0. @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export async function loadEngineState(directory: string): Promise<EngineState> {
  const model = await readModel(directory);
  const file = join(directory, modelFile);
  const metadata = existsSync(file) ? await readSafetensorsMetadata(file) : {};
  return { ...model, version: naturalOf(metadata, versionKey, file) };
}

/** As `loadEngineState`, of the same model. @throws MODEL_INVALID where it is another */
export async function loadSameModel(directory: string, config: ModelConfig): Promise<EngineState> {
  if (isAdapterFolder(directory)) throw new PretrainZeroError('MODEL_INVALID', 'The folder holds an adapter, but the engine was opened without engine.lora', { file: directory });
  const state = await loadEngineState(directory);
  if (isDeepStrictEqual(state.config, config)) return state;
  throw new PretrainZeroError('MODEL_INVALID', 'The folder holds a model of another shape than the engine was opened with', { file: directory });
}

/** Restores the optimiser, or sets it back where the folder has no state of it. @throws MODEL_INVALID */
export async function loadOptimizer(directory: string, { weights, version }: Pick<EngineState, 'weights' | 'version'>, optimizer: AdamW): Promise<void> {
  const file = join(directory, optimizerFile);
  const first = new Map<string, Float32Array>();
  const second = new Map<string, Float32Array>();
  if (!existsSync(file)) {
    optimizer.restore(0, first, second);
    return;
  }
  const { tensors, metadata } = await readSafetensors(file);
  if (naturalOf(metadata, versionKey, file) !== version) {
    throw new PretrainZeroError('MODEL_INVALID', `The optimiser's state is not of version ${version}, as the weights are`, { file });
  }
  for (const [name, { data, shape }] of tensors) {
    const weight = name.slice(firstPrefix.length);
    const moments = name.startsWith(firstPrefix) ? first : name.startsWith(secondPrefix) ? second : null;
    if (moments === null || weights.get(weight)?.shape.join() !== shape.join()) {
      throw new PretrainZeroError('MODEL_INVALID', `Tensor "${name}" belongs to no weight of the model`, { file, key: name });
    }
    moments.set(weight, data);
  }
  optimizer.restore(naturalOf(metadata, stepsKey, file), first, second);
}

/** A count from the header of a file of tensors; 0 where it has none. @throws MODEL_INVALID */
export function naturalOf(metadata: Readonly<Record<string, string>>, key: string, file: string): number {
  const value = Number(metadata[key] ?? 0);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new PretrainZeroError('MODEL_INVALID', `The metadata "${key}" is "${metadata[key]!}", not a count`, { file, key });
}
