/**
 * `pretrainzero export`. In: where a model is: a folder, a LoRA adapter's folder, a GGUF file, `hf://` or `sample`. Out: a new folder in Hugging Face layout, float32, an adapter
 * merged into its base. Fails with MODEL_*, USAGE where the folder has something in it, DISK_FULL, NOT_WRITABLE.
 */
import { resolve } from 'node:path';
import { resolveModel } from '../../pipelines/resolve-model.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { elementCount } from '../engine/model-files/host-tensor.ts';
import { readModel, sourceOf } from '../engine/model-files/read-model.ts';
import { writeModelFolder } from '../engine/model-files/write-model-folder.ts';
import { count } from './amounts.ts';
import type { CliWorld } from './cli-world.ts';
import { exitCodes } from './exit-codes.ts';

export async function exportCommand(model: string, target: string, { terminal, folder, fileSystem }: CliWorld): Promise<number> {
  const directory = resolve(folder, target);
  if ((await fileSystem.list(directory)).length > 0) throw new PretrainZeroError('USAGE', 'export writes into a new folder, and this one has something in it', { file: directory });
  const source = await resolveModel(model);
  const { config, weights, files } = await readModel(source);
  await writeModelFolder(directory, { config, weights, source: await sourceOf(source), files });
  const parameters = [...weights.values()].reduce((sum, { shape }) => sum + elementCount(shape), 0);
  terminal.write(`${count(parameters)} parameters in ${target}\n`);
  return exitCodes.ok;
}
