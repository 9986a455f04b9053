/** Weights that a SkyRL server saved to sample by. In: their archive, and what the adapter is. Out: a folder that the engine in this process loads. The server's own `adapter_config.json` names no targets. */
import { execFile } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AdapterConfig } from '../../../../../infra/engine/model-files/adapter/adapter-config.ts';
import { adapterFiles, readAdapter, writeAdapter } from '../../../../../infra/engine/model-files/adapter/adapter-folder.ts';
import type { Weights } from '../../../../../infra/engine/model-files/host-tensor.ts';
import type { ModelConfig } from '../../../../../infra/engine/model-files/model-config.ts';
import { versionKey } from '../../../../../infra/engine/tfjs/engine-state-files.ts';

export interface ServedAdapter {
  readonly folder: string;
  readonly tensors: Weights;
}

interface Wanted {
  /** Where it is put. */
  readonly folder: string;
  readonly adapter: AdapterConfig;
  readonly config: ModelConfig;
  readonly base: string;
  readonly version: number;
}

export async function readServedAdapter(archive: string, { folder, adapter, config, base, version }: Wanted): Promise<ServedAdapter> {
  mkdirSync(folder);
  await promisify(execFile)('tar', ['-xzf', archive, '-C', folder]);
  const served = await readAdapter(folder, adapter, config);
  renameSync(join(folder, adapterFiles.weights), join(folder, 'as-served.safetensors'));
  await writeAdapter(folder, served, base, { [versionKey]: String(version) });
  return { folder, tensors: served.tensors };
}
