/** Where policy versions lie. In: the config, the run's folder, and the environment, which has the credentials of object storage. Out: the port. Can go wrong: CONFIG_INVALID, SECRET_MISSING. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { folderWeights } from '../../infra/policy-weights/folder-weights.ts';
import { createS3Client } from '../../infra/policy-weights/s3/s3-client.ts';
import { isS3Address, s3Place, type Environment } from '../../infra/policy-weights/s3/s3-place.ts';
import { s3Weights } from '../../infra/policy-weights/s3-weights.ts';
import type { PolicyWeights } from '../../operators/ports/policy-weights.ts';
import type { Config } from '../../schemas/config/config.ts';

/** In the run's folder, where the config names no other. */
export const weightsInRun = 'policy-versions';

export function openWeights({ kafka, run }: Config, directory: string, environment: Environment): PolicyWeights {
  if (kafka.weights === null) return folderWeights(nodeFileSystem, join(directory, weightsInRun));
  if (!isS3Address(kafka.weights)) return folderWeights(nodeFileSystem, join(kafka.weights, run.name));
  const place = s3Place(kafka.weights, environment);
  const scratch = join(tmpdir(), `pretrainzero-weights-${run.name}-${process.pid}`);
  return s3Weights(createS3Client(place, { fetch }), `${place.prefix}${run.name}/`, nodeFileSystem, scratch);
}
