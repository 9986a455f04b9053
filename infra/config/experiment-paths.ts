/** Where experiments come from. In: a name or path. Out: a file. Can go wrong: CONFIG_NOT_FOUND, naming the nearest bundled experiment. */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { packageRoot } from '../setup/package-root.ts';
import { nearest } from './nearest.ts';

const suffix = '.yaml';

/** Names of the experiments that come with the package, in alphabetical order. */
export function bundledExperimentNames(): string[] {
  return readdirSync(bundledFolder())
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length))
    .sort();
}

/** A bundled name is that experiment; anything else is a path from `folder`. */
export function experimentFile(nameOrPath: string, folder: string): string {
  const names = bundledExperimentNames();
  if (names.includes(nameOrPath)) return join(bundledFolder(), nameOrPath + suffix);
  const file = resolve(folder, nameOrPath);
  if (existsSync(file)) return file;
  throw new PretrainZeroError('CONFIG_NOT_FOUND', `there is no experiment "${nameOrPath}"; did you mean "${nearest(nameOrPath, names)}"? Bundled are ${names.join(', ')}`);
}

function bundledFolder(): string {
  return join(packageRoot(), 'pipelines', 'experiments');
}
