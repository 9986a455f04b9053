/**
 * How far a run of a grid is. In: its folder, and the config that it should have. Out: its committed steps; -1 where there is no run yet. Can go wrong: RUN_MISMATCH where it was begun with another config, but for
 * its threads: results do not depend on them, and a grid may go on with another number of jobs.
 */
import { join } from 'node:path';
import { stringify } from 'yaml';
import { readManifest } from '../../infra/checkpoints/manifest.ts';
import { parseRunConfig, requireSameConfig } from '../../infra/checkpoints/run-config.ts';
import { layout } from '../../infra/checkpoints/run-layout.ts';
import { readText } from '../../infra/file-system/read-file.ts';
import type { FileSystem } from '../../infra/file-system/file-system.ts';
import type { Config } from '../../schemas/config/config.ts';

export interface RunProgress {
  /** -1: there is no run. */
  readonly steps: number;
  /** What it goes on with: the config, with the threads that the run began with. */
  readonly config: Config;
}

export async function runProgress(fileSystem: FileSystem, directory: string, config: Config): Promise<RunProgress> {
  const file = join(directory, layout.config);
  const text = await readText(fileSystem, file);
  if (text === null) return { steps: -1, config };
  const same = { ...config, engine: { ...config.engine, threads: parseRunConfig(text, file).engine.threads } };
  requireSameConfig(text, stringify(same), file);
  return { steps: (await readManifest(fileSystem, directory)).lines.length, config: same };
}
