/**
 * The run's folder, opened for writing. In: where it is, the resolved config, whether to go on. Out: a `RunStore`, and what had to be
 * repaired. Can go wrong, before any work is done: RUN_EXISTS, RUN_NOT_FOUND, RUN_MISMATCH, RUN_LOCKED, LOG_DAMAGED, NOT_WRITABLE, DISK_FULL.
 *
 * A folder in which no step was ever committed counts as new: beginning again there loses nothing.
 */
import { join } from 'node:path';
import type { Clock } from '../../operators/ports/clock.ts';
import type { RunStore } from '../../operators/ports/run-store.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { fileError, onFile } from '../file-system/file-error.ts';
import { readText } from '../file-system/read-file.ts';
import { appendFile, replaceFile, writeFile } from '../file-system/write-file.ts';
import type { ParquetSettings } from '../sample-log/write-records.ts';
import { commitStep } from './commit-step.ts';
import { chainStart } from './manifest-line.ts';
import { writeManifest } from './manifest.ts';
import { recoverRun, type Keep, type Recovery } from './recover-run.ts';
import { removeOldCheckpoints } from './remove-old-checkpoints.ts';
import { requireSameConfig } from './run-config.ts';
import { layout } from './run-layout.ts';
import type { Processes } from './lock-holder.ts';
import { lockRun } from './run-lock.ts';

export interface RunStoreOptions {
  readonly directory: string;
  /** The resolved config, as YAML. */
  readonly configText: string;
  readonly resume: boolean;
  /** What stays of a run that is there. @default 'checkpoint' */
  readonly keep?: Keep;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly processes: Processes;
  /** The config's `log` section. */
  readonly log: ParquetSettings;
  /** The config's `run.keepCheckpoints`. */
  readonly keepCheckpoints: number;
}

export interface OpenedRun {
  readonly store: RunStore;
  /** What opening found: where to go on, and what was passed over. */
  readonly recovery: Recovery;
}

export async function openRunStore(options: RunStoreOptions): Promise<OpenedRun> {
  const { directory, fileSystem } = options;
  if (options.resume && (await readConfig(options)) === null) throw notFound(options);
  await onFile(directory, () => fileSystem.makeDirectory(directory));
  const lock = await onFile(directory, () => lockRun(fileSystem, directory, options.processes));
  try {
    const recovery = await onFile(directory, () => prepare(options));
    return { store: storeOf(options, recovery, () => onFile(directory, () => lock.release())), recovery };
  } catch (error) {
    await lock.release().catch(() => undefined); // what went wrong first is what must be told
    throw error;
  }
}

async function prepare(options: RunStoreOptions): Promise<Recovery> {
  const { directory, configText, fileSystem, resume } = options;
  const before = await readConfig(options);
  const manifest = await readText(fileSystem, join(directory, layout.manifest));
  const begun = manifest?.includes('\n') === true;
  if (begun && !resume) throw new PretrainZeroError('RUN_EXISTS', 'the folder holds a run', { file: directory });
  if (begun) {
    if (before === null) throw notFound(options);
    requireSameConfig(before, configText, join(directory, layout.config));
  }
  await requireWritable(options);
  const recovery = await recoverRun(fileSystem, directory, options.keep);
  await fileSystem.makeDirectory(join(directory, layout.staging));
  await removeOldCheckpoints(fileSystem, directory, recovery.lines, options.keepCheckpoints);
  await fileSystem.makeDirectory(join(directory, 'metrics'));
  if (manifest === null) await writeManifest(fileSystem, directory, []);
  if (before !== configText) await replaceFile(fileSystem, join(directory, layout.config), configText);
  return recovery;
}

/** Nothing may be touched before it is sure that something can be written. */
async function requireWritable({ directory, fileSystem }: RunStoreOptions): Promise<void> {
  const probe = join(directory, layout.staging, 'probe');
  await fileSystem.makeDirectory(join(directory, layout.staging));
  await writeFile(fileSystem, probe, 'probe');
  await fileSystem.remove(probe);
}

function readConfig({ directory, fileSystem }: RunStoreOptions): Promise<string | null> {
  return readText(fileSystem, join(directory, layout.config));
}

function notFound({ directory }: RunStoreOptions): PretrainZeroError {
  return new PretrainZeroError('RUN_NOT_FOUND', 'the folder holds no run', { file: directory });
}

function storeOf(options: RunStoreOptions, recovery: Recovery, release: () => Promise<void>): RunStore {
  const { directory, fileSystem, clock, log, keepCheckpoints } = options;
  const deps = { fileSystem, directory, settings: log, wallTime: () => clock.wallTime() };
  const lines = [...recovery.lines];
  let failure: { readonly error: unknown } | null = null;
  let underWay: Promise<unknown> = Promise.resolve();
  const commit: RunStore['commit'] = async (step, save) => {
    if (failure !== null) throw failure.error;
    const expected = lines.length + 1;
    if (step.step !== expected) throw new PretrainZeroError('RECORD_INVALID', `step ${step.step} was committed where ${expected} was next`);
    try {
      lines.push(await commitStep(step, save, lines.at(-1)?.hash ?? chainStart, deps));
      if (step.checkpoint) await onFile(directory, () => removeOldCheckpoints(fileSystem, directory, lines, keepCheckpoints));
    } catch (error) {
      failure = { error: fileError(error, directory) };
      await fileSystem.remove(join(directory, layout.staging)).catch(() => undefined); // a full disk gets its space back
      throw failure.error;
    }
  };
  return {
    directory,
    commit(step, save) {
      const committing = commit(step, save);
      underWay = committing.catch(() => undefined);
      return committing;
    },
    recordTiming: (timing) => {
      const file = join(directory, layout.timings);
      return onFile(file, () => appendFile(fileSystem, file, `${JSON.stringify(timing)}\n`, { sync: false }));
    },
    resumePoint: () => Promise.resolve(recovery.resumePoint),
    /** The lock is held until nothing is written any more. */
    close: () => underWay.then(release),
  };
}
