/** Where the built page is. Out: its folder. Can go wrong: USAGE where the checkout was not built. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { packageRoot } from '../setup/package-root.ts';

export function pageAssets(): string {
  const folder = join(packageRoot(), 'dist', 'explorer-page');
  if (!existsSync(join(folder, 'page.js'))) throw new PretrainZeroError('USAGE', 'the page of the explorer is not built; `npm run build` builds it', { file: folder });
  return folder;
}
