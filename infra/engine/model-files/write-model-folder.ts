/**
 * In: a model's config and weights, and the folder it came from. Out: a folder in Hugging Face layout, each file fsynced, its
 * bytes a function of what went in. Wrong: DISK_FULL, NOT_WRITABLE; MODEL_INVALID where weights and config disagree.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { HostTensor } from './host-tensor.ts';
import { huggingFaceConfig } from './hugging-face-config.ts';
import { parseModelConfig, type ModelConfig } from './model-config.ts';
import { checkWeights } from './read-model-weights.ts';
import { asWriteError, writeDurably } from './write-durably.ts';
import { writeSafetensors } from './write-safetensors.ts';

export interface ModelFolder {
  readonly config: ModelConfig;
  readonly weights: ReadonlyMap<string, HostTensor>;
  /** Folder whose tokenizer files and generation config are taken over, and its `config.json` where it says the same. */
  readonly source?: string;
  /** Further files by name, for example a new `tokenizer.json`. They win over those of `source`. */
  readonly files?: ReadonlyMap<string, string>;
  /** Further entries for the header of `model.safetensors`. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** What belongs to a model beside its config and weights. */
export const companions = [
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
  'vocab.json',
  'merges.txt',
  'tokenizer.model',
  'chat_template.jinja',
  'generation_config.json',
] as const;

/** @throws DISK_FULL, NOT_WRITABLE, MODEL_INVALID */
export async function writeModelFolder(directory: string, model: ModelFolder): Promise<void> {
  const weights = checkWeights(model.weights, model.config, directory);
  await writeCompanions(directory, model);
  await writeDurably(join(directory, 'config.json'), [Buffer.from(await configText(model))]);
  await writeSafetensors(join(directory, 'model.safetensors'), weights, { format: 'pt', ...model.metadata });
}

/** Makes the folder, with what belongs to a model beside its config and weights. @throws DISK_FULL, NOT_WRITABLE */
export async function writeCompanions(directory: string, model: Pick<ModelFolder, 'source' | 'files'>): Promise<void> {
  await mkdir(directory, { recursive: true }).catch((cause: unknown) => {
    throw asWriteError(cause, directory);
  });
  for (const [name, text] of await companionFiles(model)) await writeDurably(join(directory, name), [text]);
}

async function companionFiles({ source, files }: Pick<ModelFolder, 'source' | 'files'>): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const name of source === undefined ? [] : companions) {
    const path = join(source!, name);
    if (existsSync(path)) found.set(name, await readFile(path));
  }
  for (const [name, text] of files ?? []) found.set(name, Buffer.from(text));
  return found;
}

/** The source's own config with the dtype as written here, so that nothing it says beside the mathematics gets lost. */
async function configText({ config, source }: ModelFolder): Promise<string> {
  const file = source === undefined ? undefined : join(source, 'config.json');
  if (file !== undefined && existsSync(file)) {
    const json = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    if (isDeepStrictEqual(parseModelConfig(json, file), config)) return format({ ...json, [dtypeKey(json)]: 'float32' });
  }
  return format(huggingFaceConfig(config));
}

/** `dtype` from transformers 5 on. */
function dtypeKey(json: Record<string, unknown>): string {
  return 'dtype' in json ? 'dtype' : 'torch_dtype';
}

/** JavaScript writes 0.0 as 0, which transformers takes for the wrong type in the one field here that may be a whole number. */
function format(json: Record<string, unknown>): string {
  return `${JSON.stringify(json, null, 2)}\n`.replace(/("router_aux_loss_coef": \d+)(?=[,\n])/u, '$1.0');
}
