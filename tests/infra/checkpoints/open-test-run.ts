/** Opens the run `/runs/one` with settings for tests, and commits steps to it. */
import { parse, stringify } from 'yaml';
import { openRunStore, type OpenedRun, type RunStoreOptions } from '../../../infra/checkpoints/open-run-store.ts';
import type { Processes } from '../../../infra/checkpoints/lock-holder.ts';
import type { FileSystem } from '../../../infra/file-system/file-system.ts';
import { baseConfig } from '../../base-config.ts';
import { saveWeights, stepCommit } from '../../step-commit.ts';

export const directory = '/runs/one';
export const configText = stringify(baseConfig());
export const clock = { now: () => 0, wallTime: () => 1_700_000_000_000 };

/** The process of the test; every other one is gone. */
export const loneProcess: Processes = {
  self: { pid: 1, host: 'here', started: 'now' },
  isAlive: () => false,
};

export function openTestRun(fileSystem: FileSystem, changes: Partial<RunStoreOptions> = {}): Promise<OpenedRun> {
  const log = { rowGroupRows: 4, compressionLevel: 1 };
  return openRunStore({ directory, configText, resume: false, fileSystem, clock, processes: loneProcess, log, keepCheckpoints: 2, ...changes });
}

/** Steps from where the run stands up to and with `last`. */
export async function commitSteps({ store }: OpenedRun, fileSystem: FileSystem, last: number): Promise<void> {
  const { step: from } = await store.resumePoint();
  for (let step = from + 1; step <= last; step++) {
    await store.commit(stepCommit(step), saveWeights(fileSystem, step));
    await store.recordTiming({ step, wallTimeMs: 0, totalMs: 0, generateMs: 0, trainMs: 0, logMs: 0, flowMs: 0 });
  }
}

/** The base config's text with one key changed. */
export function configWith(section: string, key: string, value: unknown): string {
  const config = parse(configText) as Record<string, Record<string, unknown>>;
  return stringify({ ...config, [section]: { ...config[section], [key]: value } });
}
