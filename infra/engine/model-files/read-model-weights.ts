/**
 * In: a model folder in Hugging Face layout (`model.safetensors`, or shards with `model.safetensors.index.json`; each tensor in F32,
 * F16 or BF16) and its config. Out: all weights, float32, exactly those that the config asks for. Wrong: MODEL_INVALID naming missing
 * shards, and missing, extra, misshapen or non-finite tensors; MODEL_UNSUPPORTED for other dtypes.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { checkTensors, listed } from './check-tensors.ts';
import { expectedWeights } from './expected-weights.ts';
import type { HostTensor, Weights } from './host-tensor.ts';
import type { ModelConfig } from './model-config.ts';
import { readJsonFile } from './read-json-file.ts';
import { readSafetensors } from './read-safetensors.ts';

/** Where a model folder has its weights: in one file, or in shards that an index names. */
export const weightFiles = { single: 'model.safetensors', index: 'model.safetensors.index.json' } as const;
const largestIndexBytes = 100_000_000;

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export async function readModelWeights(directory: string, config: ModelConfig): Promise<Weights> {
  const single = join(directory, weightFiles.single);
  const stored = existsSync(single) ? (await readSafetensors(single)).tensors : await readShards(directory);
  return checkWeights(stored, config, directory);
}

/**
 * The weights that the config asks for, in its order. What old checkpoints carry beside them is left out: rotary tables, and an
 * output projection equal to the embedding it is tied to.
 * @param place the folder, for messages
 * @throws MODEL_INVALID
 */
export function checkWeights(stored: ReadonlyMap<string, HostTensor>, config: ModelConfig, place: string): Weights {
  return checkTensors(stored, expectedWeights(config), 'config.json', place, (name) => isRedundant(name, stored, config));
}

/**
 * The shards that the index of a folder names, sorted.
 * @throws MODEL_INVALID
 */
export async function readShardNames(directory: string): Promise<string[]> {
  return [...new Set((await readIndex(directory)).values())].sort();
}

async function readShards(directory: string): Promise<Weights> {
  const shardOf = await readIndex(directory);
  const shards = [...new Set(shardOf.values())].sort();
  const absent = shards.filter((shard) => !existsSync(join(directory, shard)));
  if (absent.length > 0) throw invalid(`Shards that ${weightFiles.index} names are not there: ${listed(absent)}`, directory);
  const weights: Weights = new Map();
  for (const shard of shards) {
    const path = join(directory, shard);
    const { tensors } = await readSafetensors(path);
    const missing = [...shardOf].filter(([name, place]) => place === shard && !tensors.has(name)).map(([name]) => name);
    if (missing.length > 0) throw invalid(`The shard lacks tensors that ${weightFiles.index} has in it: ${listed(missing)}`, path);
    for (const [name, tensor] of tensors) {
      if (shardOf.get(name) !== shard) throw invalid(`Tensor "${name}" is in a shard where ${weightFiles.index} does not have it`, path);
      weights.set(name, tensor);
    }
  }
  return weights;
}

async function readIndex(directory: string): Promise<Map<string, string>> {
  const file = join(directory, weightFiles.index);
  if (!existsSync(file)) throw invalid(`Neither ${weightFiles.single} nor ${weightFiles.index} is there`, directory);
  return parseIndex(await readJsonFile(file, largestIndexBytes), file);
}

function parseIndex(json: unknown, file: string): Map<string, string> {
  const map = (json as { readonly weight_map?: unknown } | null)?.weight_map;
  if (typeof map !== 'object' || map === null) throw invalid('There is no weight_map', file);
  const shardOf = new Map<string, string>();
  for (const [name, shard] of Object.entries(map)) {
    // The name comes from an untrusted file: it must stay in the folder.
    if (typeof shard !== 'string' || !/^[\w.-]+\.safetensors$/u.test(shard)) {
      throw invalid(`weight_map names ${JSON.stringify(shard)}, which is not a shard in the folder`, file);
    }
    shardOf.set(name, shard);
  }
  return shardOf;
}

function isRedundant(name: string, stored: ReadonlyMap<string, HostTensor>, config: ModelConfig): boolean {
  if (name.endsWith('.rotary_emb.inv_freq')) return true;
  if (name !== 'lm_head.weight' || !config.tiedEmbeddings) return false;
  const head = stored.get(name)!.data;
  const embedding = stored.get('model.embed_tokens.weight')?.data;
  return embedding?.length === head.length && head.every((value, i) => value === embedding[i]);
}

function invalid(what: string, file: string): PretrainZeroError {
  return new PretrainZeroError('MODEL_INVALID', what, { file });
}
