/** The defaults of `configs/base.yaml` with some keys changed, for tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../infra/setup/package-root.ts';
import { configSchema, type Config } from '../schemas/config/config.ts';

type Changes = { readonly [S in keyof Config]?: Config[S] extends object ? Partial<Config[S]> : Config[S] };

export function baseConfig(changes: Changes = {}): Config {
  const file = join(packageRoot(), 'pipelines', 'configs', 'base.yaml');
  const config = configSchema.parse(parse(readFileSync(file, 'utf8')));
  const merged = Object.entries(config).map(([key, value]): [string, unknown] => {
    const change = changes[key as keyof Config];
    return [key, typeof value === 'object' && typeof change === 'object' ? { ...value, ...change } : (change ?? value)];
  });
  return configSchema.parse(Object.fromEntries(merged));
}
