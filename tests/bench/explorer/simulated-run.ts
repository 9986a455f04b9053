/**
 * A simulated run on disk, for the explorer. In: a folder, how many steps. Out: the run's folder, whole; one that is there already is taken as it is. Each step goes through the project's own
 * writer and manifest, but nothing is synced: what is lost in a power cut is written again. One step is in memory at a time. Fails with the system's errors.
 */
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commitStep } from '../../../infra/checkpoints/commit-step.ts';
import { chainStart } from '../../../infra/checkpoints/manifest-line.ts';
import { layout } from '../../../infra/checkpoints/run-layout.ts';
import type { FileSystem } from '../../../infra/file-system/file-system.ts';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { baseConfig } from '../../base-config.ts';
import { simulatedStep } from './simulated-step.ts';

/** Raised when the simulated log changes. */
const version = 1;

const unsynced: FileSystem = {
  ...nodeFileSystem,
  makeDirectory: async (path) => {
    await mkdir(path, { recursive: true });
  },
  create: async (path) => ({ ...(await nodeFileSystem.create(path)), sync: () => Promise.resolve() }),
  append: async (path) => ({ ...(await nodeFileSystem.append(path)), sync: () => Promise.resolve() }),
  syncDirectory: () => Promise.resolve(),
};

export async function simulatedRun(cache: string, steps: number, tell: (line: string) => void): Promise<string> {
  const directory = join(cache, `simulated-v${version}-${steps}`);
  if (await isThere(directory)) return directory;
  const building = `${directory}.building`;
  await rm(building, { recursive: true, force: true });
  await mkdir(join(building, layout.staging), { recursive: true });
  await mkdir(join(building, 'metrics'), { recursive: true });
  await writeFile(join(building, layout.config), 'run: {name: simulated}\n');
  const deps = { fileSystem: unsynced, directory: building, settings: { ...baseConfig().log, compressionLevel: 1 }, wallTime: () => 0 };
  const timings: string[] = [];
  let previous = chainStart;
  for (let step = 1; step <= steps; step++) {
    previous = (await commitStep(await simulatedStep(step, steps), () => Promise.resolve(), previous, deps)).hash;
    timings.push(`${JSON.stringify({ step, wallTimeMs: step * 60_000, totalMs: 60_000 - 5 * step, generateMs: 40_000, trainMs: 15_000, logMs: 100, flowMs: 400 })}\n`);
    if (step % 100 === 0) tell(`simulated ${step} of ${steps} steps`);
  }
  await writeFile(join(building, layout.timings), timings.join(''));
  await rename(building, directory);
  return directory;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
