/** Files that a config names and that a run needs. In: the config. Out: why each that is not usable is not; hf:// addresses are not looked up. */
import { findLocalFiles } from '../../corpus/local-files.ts';
import { nodeFileSystem } from '../../corpus/file-system.ts';
import type { ModelConfig } from '../../engine/model-files/model-config.ts';
import { readConfigOf } from '../../engine/model-files/read-model.ts';
import { loadHeldOut } from '../../../pipelines/held-out.ts';
import { isHubAddress } from '../../../pipelines/resolve-model.ts';
import { resolveSample } from '../../../pipelines/resolve-sample.ts';
import type { Config } from '../../../schemas/config/config.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';

export interface NamedFiles {
  /** The model's shape; null where it cannot be read, or is still on the hub. */
  readonly model: ModelConfig | null;
  readonly problems: readonly PretrainZeroError[];
}

export async function findNamedFiles(config: Config): Promise<NamedFiles> {
  const problems: PretrainZeroError[] = [];
  const orProblem = async <T>(look: () => Promise<T>): Promise<T | null> => {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof PretrainZeroError)) throw error;
      problems.push(error);
      return null;
    }
  };
  const { path: model } = config.model;
  const shape = isHubAddress(model) ? null : await orProblem(() => readConfigOf(resolveSample(model, 'model')));
  const paths = typeof config.corpus.path === 'string' ? [config.corpus.path] : config.corpus.path;
  for (const path of paths.filter((each) => !isHubAddress(each))) await orProblem(() => findLocalFiles(resolveSample(path, 'corpus'), nodeFileSystem));
  await orProblem(() => loadHeldOut(config.evaluation));
  const { exclude } = config.corpus;
  if (exclude !== null) await orProblem(() => findLocalFiles(resolveSample(exclude, 'heldOut'), nodeFileSystem));
  return { model: shape, problems };
}
