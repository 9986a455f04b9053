/**
 * Operators of one's own for a what-if. In: the path of an ES module whose default export makes a pipeline of the run's: `(topology, pretrainzero) => topology`, the second being all that
 * `import 'pretrainzero'` gives. Out: that function. Can go wrong: USAGE for a file that is not there, is no module, or exports no function.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Topology } from '../../../pipelines/topology.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';

type Change = (own: Topology, library: object) => Topology;

export async function loadChange(path: string, folder: string): Promise<(own: Topology) => Topology> {
  const file = resolve(folder, path);
  const library = await import('../../../pipelines/index.ts');
  const { default: change } = await importModule(file);
  if (typeof change !== 'function') throw new PretrainZeroError('USAGE', 'the module must export a function by default: (topology, pretrainzero) => topology', { file });
  return (own) => {
    const made = (change as Change)(own, library) as Topology | undefined;
    if (made === undefined || !Array.isArray(made.stages)) throw new PretrainZeroError('USAGE', 'the module does not give a pipeline back', { file });
    return made;
  };
}

async function importModule(file: string): Promise<{ readonly default?: unknown }> {
  try {
    return (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
  } catch (cause) {
    throw new PretrainZeroError('USAGE', `the module cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`, { file }, cause);
  }
}
