/**
 * Out: the folder of this package, wherever it is installed. Fails with CONFIG_NOT_FOUND where its package.json is gone.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';

const packageName = 'pretrainzero';

/** The nearest folder above this file whose package.json is named `pretrainzero`. */
export function packageRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && nameIn(file) === packageName) return folder;
    if (folder === dirname(folder)) {
      throw new PretrainZeroError('CONFIG_NOT_FOUND', `no folder above has the package.json of ${packageName}; install the package again`, { file: start });
    }
  }
}

function nameIn(file: string): unknown {
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return typeof parsed === 'object' && parsed !== null && 'name' in parsed ? parsed.name : undefined;
}
