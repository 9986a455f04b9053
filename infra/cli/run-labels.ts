/**
 * The classes of spans that the explorer shows. In: runs by name, and a file for all of them or null. Out: name -> file of labels: the one given, else that of the bundled corpus that the run's config
 * names; a run of any other corpus has none. Can go wrong: USAGE where the file given is not there. A config that cannot be read names no corpus.
 */
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { sampleLabels } from '../../pipelines/resolve-sample.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { layout } from '../checkpoints/run-layout.ts';
import { readText } from '../file-system/read-file.ts';
import type { CliWorld } from './cli-world.ts';

/** @param given relative to the folder that the command was given in */
export async function runLabels(runs: ReadonlyMap<string, string>, given: string | null, { fileSystem, folder }: Pick<CliWorld, 'fileSystem' | 'folder'>): Promise<Map<string, string>> {
  const file = given === null ? null : resolve(folder, given);
  if (file !== null && (await fileSystem.size(file)) === null) throw new PretrainZeroError('USAGE', 'there is no such file of labels', { file, key: '--labels' });
  const labels = new Map<string, string>();
  for (const [name, directory] of runs) {
    const own = file ?? sampleLabels(corpusOf((await readText(fileSystem, join(directory, layout.config))) ?? ''));
    if (own !== null) labels.set(name, own);
  }
  return labels;
}

/** `corpus.path` where it is one; else empty. */
function corpusOf(config: string): string {
  try {
    const { corpus } = parse(config) as { readonly corpus?: { readonly path?: unknown } };
    return typeof corpus?.path === 'string' ? corpus.path : '';
  } catch {
    return '';
  }
}
