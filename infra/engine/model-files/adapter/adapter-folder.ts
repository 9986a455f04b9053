/**
 * A folder in PEFT's layout: `adapter_config.json` and `adapter_model.safetensors`. In and out: an adapter and the name of its base. Wrong: MODEL_INVALID for missing, extra,
 * misshapen or non-finite tensors, MODEL_UNSUPPORTED for adapters of another kind, DISK_FULL, NOT_WRITABLE.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import { ConfigReader } from '../config-reader.ts';
import type { ModelConfig } from '../model-config.ts';
import { checkTensors } from '../check-tensors.ts';
import { readJsonFile } from '../read-json-file.ts';
import { readSafetensors } from '../read-safetensors.ts';
import { writeDurably } from '../write-durably.ts';
import { writeSafetensors } from '../write-safetensors.ts';
import { expectedAdapter, type Adapter } from './adapter.ts';
import { formatAdapterConfig, parseAdapterConfig, type AdapterConfig, type AdapterFile } from './adapter-config.ts';

export const adapterFiles = { config: 'adapter_config.json', weights: 'adapter_model.safetensors' } as const;
const largestConfigBytes = 4 * 2 ** 20;

export function isAdapterFolder(path: string): boolean {
  return existsSync(join(path, adapterFiles.config));
}

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export async function readAdapterConfig(directory: string): Promise<AdapterFile> {
  const file = join(directory, adapterFiles.config);
  return parseAdapterConfig(new ConfigReader(await readJsonFile(file, largestConfigBytes), file));
}

/**
 * The base that an adapter names. A relative path begins in the working directory, as in PEFT. An adapter of an adapter is none that PEFT knows: its base would be loaded
 * without it. @throws MODEL_INVALID where the base is not there, MODEL_UNSUPPORTED
 */
export async function adapterBase(directory: string): Promise<string> {
  const { base } = await readAdapterConfig(directory);
  const place = { file: join(directory, adapterFiles.config), key: 'base_model_name_or_path' };
  if (!existsSync(base)) throw new PretrainZeroError('MODEL_INVALID', `The adapter's base model is not at "${base}"`, place);
  if (isAdapterFolder(base)) throw new PretrainZeroError('MODEL_UNSUPPORTED', `The adapter's base, "${base}", is an adapter itself`, place);
  return base;
}

/** @param config of the base @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export async function readAdapter(directory: string, settings: AdapterConfig, config: ModelConfig): Promise<Adapter> {
  const file = join(directory, adapterFiles.weights);
  const { tensors } = await readSafetensors(file);
  return { config: settings, tensors: checkTensors(tensors, expectedAdapter(settings, config), adapterFiles.config, file) };
}

/** @param metadata further entries for the header of the tensors; each file is fsynced @throws DISK_FULL, NOT_WRITABLE */
export async function writeAdapter(directory: string, { config, tensors }: Adapter, base: string, metadata: Readonly<Record<string, string>>): Promise<void> {
  const json = `${JSON.stringify(formatAdapterConfig({ config, base }), null, 2)}\n`;
  await writeDurably(join(directory, adapterFiles.config), [Buffer.from(json)]);
  await writeSafetensors(join(directory, adapterFiles.weights), tensors, { format: 'pt', ...metadata });
}
