/** Where policy versions lie. In: the config, and the run's folder. Out: the port. Can go wrong: CONFIG_INVALID for storage that is not supported. */
import { join } from 'node:path';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { folderWeights } from '../../infra/policy-weights/folder-weights.ts';
import type { PolicyWeights } from '../../operators/ports/policy-weights.ts';
import type { Config } from '../../schemas/config/config.ts';

/** In the run's folder, where the config names no other. */
export const weightsInRun = 'policy-versions';

export function openWeights({ kafka, run }: Config, directory: string): PolicyWeights {
  return folderWeights(nodeFileSystem, kafka.weights === null ? join(directory, weightsInRun) : join(kafka.weights, run.name));
}
