/** A small config for tests: `pipelines/configs/base.yaml` with sizes that run in milliseconds, and what the test says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../infra/setup/package-root.ts';
import { configSchema, type Config } from '../schemas/config/config.ts';

/** Per section, the keys that differ. */
export type ConfigChanges = { readonly [K in keyof Config]?: Config[K] extends object ? Partial<Config[K]> : Config[K] };

const small: ConfigChanges = {
  run: { name: 'stub', steps: 6, checkpointEvery: 2, seed: 7 },
  corpus: { minTokens: 1, shuffleWindow: 1 },
  rollouts: { paragraphsPerStep: 3, masksPerParagraph: 4, predictionsPerMask: 4, promptTemplate: 'short', maxMaskResponseTokens: 64, maxPredictionResponseTokens: 64 },
  engine: { maxTokensPerMicroBatch: 4096 },
  optimiser: { warmupSteps: 1 },
};

export function stubConfig(changes: ConfigChanges = {}): Config {
  const base = parse(readFileSync(join(packageRoot(), 'pipelines', 'configs', 'base.yaml'), 'utf8')) as Record<string, unknown>;
  return configSchema.parse(merged(merged(base, small), changes));
}

function merged(base: Record<string, unknown>, changes: object): Record<string, unknown> {
  const result = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    const both = isSection(result[key]) && isSection(value);
    result[key] = both ? { ...(result[key] as object), ...(value as object) } : value;
  }
  return result;
}

function isSection(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
