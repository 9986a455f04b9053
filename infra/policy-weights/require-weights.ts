/** Whether a folder holds the weights that were announced. Can go wrong: WEIGHTS_UNAVAILABLE. */
import type { StoredWeights } from '../../operators/ports/policy-weights.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { weightsChecksum } from './weights-checksum.ts';

export async function requireWeights(fileSystem: FileSystem, folder: string, { address, sha256 }: StoredWeights): Promise<void> {
  if ((await fileSystem.list(folder)).length === 0) throw new PretrainZeroError('WEIGHTS_UNAVAILABLE', `the weights ${address} are not there`, { file: folder });
  const found = await weightsChecksum(fileSystem, folder);
  if (found !== sha256) throw new PretrainZeroError('WEIGHTS_UNAVAILABLE', `the weights ${address} have the checksum ${found}; announced was ${sha256}`, { file: folder });
}
