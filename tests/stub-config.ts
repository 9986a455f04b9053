/** A small config for tests of whole runs: the defaults with sizes that run in milliseconds, and what the test says. */
import type { Config } from '../schemas/config/config.ts';
import { baseConfig } from './base-config.ts';

/** Per section, the keys that differ. */
export type ConfigChanges = NonNullable<Parameters<typeof baseConfig>[0]>;

export function stubConfig(changes: ConfigChanges = {}): Config {
  return baseConfig({
    ...changes,
    run: { name: 'stub', steps: 6, checkpointEvery: 2, seed: 7, ...changes.run },
    corpus: { minTokens: 1, shuffleWindow: 1, ...changes.corpus },
    rollouts: {
      paragraphsPerStep: 3,
      masksPerParagraph: 4,
      predictionsPerMask: 4,
      promptTemplate: 'short',
      maxMaskResponseTokens: 64,
      maxPredictionResponseTokens: 64,
      ...changes.rollouts,
    },
    engine: { maxTokensPerMicroBatch: 4096, ...changes.engine },
    optimiser: { warmupSteps: 1, ...changes.optimiser },
    alarms: { window: 4, ...changes.alarms },
  });
}
