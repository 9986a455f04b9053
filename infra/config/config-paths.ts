/** Where configs come from. In: a name or path. Out: a file. Can go wrong: CONFIG_NOT_FOUND, naming the nearest bundled config. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { packageRoot } from '../setup/package-root.ts';
import { nearest } from './nearest.ts';

const suffix = '.yaml';

/** The root of every `extends`: all keys with their defaults. */
export const baseConfigName = 'base';

export function bundledConfigFile(name: string): string {
  return join(bundledFolder(), name + suffix);
}

/** Names of the configs that come with the package, in alphabetical order. */
export function bundledConfigNames(): string[] {
  return readdirSync(bundledFolder())
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length))
    .sort();
}

/**
 * A bundled name is that config; anything else is a path from `folder`.
 * @param folder the working directory for what a person types, the folder of the file that says `extends`.
 */
export function configFile(nameOrPath: string, folder: string): string {
  const names = bundledConfigNames();
  if (names.includes(nameOrPath)) return bundledConfigFile(nameOrPath);
  const file = isAbsolute(nameOrPath) ? nameOrPath : resolve(folder, nameOrPath);
  if (existsSync(file) || isPath(nameOrPath)) return file;
  const known = names.filter((name) => name !== baseConfigName).join(', ');
  throw new PretrainZeroError('CONFIG_NOT_FOUND', `there is no config "${nameOrPath}"; did you mean "${nearest(nameOrPath, names)}"? Bundled are ${known}`);
}

export const folderOf = (file: string): string => dirname(file);

function isPath(text: string): boolean {
  return /[/\\]/.test(text) || /\.ya?ml$/.test(text);
}

function bundledFolder(): string {
  return join(packageRoot(), 'pipelines', 'configs');
}
