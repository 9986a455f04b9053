/**
 * Brings a model from the Hugging Face hub into the local cache, in the layout that all tools of Hugging Face share: `models--OWNER--NAME/` with
 * `blobs/DIGEST`, `snapshots/COMMIT/FILE` (links) and `refs/REVISION`. In: `hf://owner/name[@revision]`. Out: the folder of the snapshot.
 * Wrong: MODEL_INVALID, MODEL_UNSUPPORTED before any weights are fetched, NETWORK_FAILED, DISK_FULL, NOT_WRITABLE.
 */
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { getRepoFolderName } from '@huggingface/hub';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { readModelConfig } from '../engine/model-files/model-config.ts';
import { readShardNames, weightFiles } from '../engine/model-files/read-model-weights.ts';
import { asWriteError } from '../engine/model-files/write-durably.ts';
import { companions } from '../engine/model-files/write-model-folder.ts';
import { downloadBlob } from './download-blob.ts';
import { commitOf, isCommit, listModelFiles, parseModelAddress, type HubFile, type HubModel } from './hub-model.ts';
import type { HubOptions } from './hub-options.ts';

export interface ModelCache {
  /** Folder of the cache. */
  readonly directory: string;
  /** Asks the hub nothing: what is there must do. */
  readonly offline: boolean;
}

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED, NETWORK_FAILED, DISK_FULL, NOT_WRITABLE */
export async function downloadModel(address: string, cache: ModelCache, options: HubOptions): Promise<string> {
  const model = parseModelAddress(address);
  const repository = join(cache.directory, getRepoFolderName({ type: 'model', name: model.name }));
  if (cache.offline) return cachedSnapshot(model, repository);
  const commit = await commitOf(model, options);
  const files = await listModelFiles(model, commit, options);
  const snapshot = join(repository, 'snapshots', commit);
  const bring = async (names: readonly string[]): Promise<void> => {
    for (const name of names) {
      const file = files.get(name);
      if (file === undefined) throw new PretrainZeroError('MODEL_INVALID', `The model on the hub has no ${name}`, { file: address, key: name });
      await bringFile(model, commit, file, repository, options);
    }
  };
  await bring(['config.json', 'tokenizer.json', ...companions.filter((name) => name !== 'tokenizer.json' && files.has(name))]);
  await readModelConfig(snapshot); // what the engine cannot load is refused here
  if (files.has(weightFiles.single) || !files.has(weightFiles.index)) await bring([weightFiles.single]);
  else {
    await bring([weightFiles.index]);
    await bring(await readShardNames(snapshot));
  }
  if (!isCommit(model.revision)) await writeReference(repository, model.revision, commit);
  return snapshot;
}

async function bringFile(model: HubModel, commit: string, file: HubFile, repository: string, options: HubOptions): Promise<void> {
  const blob = join(repository, 'blobs', file.digest.value);
  const place = join(repository, 'snapshots', commit, file.path);
  await downloadBlob(model, commit, file, blob, options);
  if (existsSync(place)) return;
  try {
    await mkdir(dirname(place), { recursive: true });
    await symlink(join('..', '..', 'blobs', file.digest.value), place).catch(() => link(blob, place)); // where symbolic links are not allowed
  } catch (cause) {
    if (!existsSync(place)) throw asWriteError(cause, place);
  }
}

async function writeReference(repository: string, revision: string, commit: string): Promise<void> {
  const path = join(repository, 'refs', revision);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, commit);
  } catch (cause) {
    throw asWriteError(cause, path);
  }
}

/** Whether all its files are there is seen when they are loaded. */
async function cachedSnapshot({ address, revision }: HubModel, repository: string): Promise<string> {
  const commit = isCommit(revision) ? revision : await readFile(join(repository, 'refs', revision), 'utf8').catch(() => '');
  const snapshot = join(repository, 'snapshots', commit.trim());
  if (isCommit(commit.trim()) && existsSync(join(snapshot, 'config.json'))) return snapshot;
  throw new PretrainZeroError('NETWORK_FAILED', `HF_HUB_OFFLINE is set, and the model is not in ${repository}`, { file: address });
}
