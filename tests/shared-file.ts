/**
 * Files that lie beside the checkout and are not part of it. In: a path below `../shared` or PRETRAINZERO_SHARED. Out: where it is, or null: the test then
 * skips and says so.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../infra/setup/package-root.ts';

export function sharedFile(...path: string[]): string | null {
  const places = [process.env.PRETRAINZERO_SHARED, join(packageRoot(), '..', 'shared')];
  for (const place of places) {
    if (place === undefined) continue;
    const file = join(place, ...path);
    if (existsSync(file)) return file;
  }
  return null;
}
