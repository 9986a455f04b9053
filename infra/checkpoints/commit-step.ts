/**
 * The commit of one step. In: all that becomes durable with it. Out: its manifest line, once it is. Order: parts to the staging
 * folder, synced, renamed into place; then the checkpoint likewise; then the manifest line. Before that line the step is not
 * there, after it it is, wherever the machine stops. Can go wrong: DISK_FULL, NOT_WRITABLE, RECORD_INVALID, what `save` throws.
 */
import { checkpointFolder } from '../../operators/training/checkpoint-folder.ts';
import { dirname, join } from 'node:path';
import type { SaveCheckpoint, StepCommit } from '../../operators/ports/run-store.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { onFile } from '../file-system/file-error.ts';
import { logTables, type AnyLogTable } from '../sample-log/log-tables.ts';
import { writeRows, type ParquetSettings } from '../sample-log/write-records.ts';
import { checksumFolder } from './checksums.ts';
import { writeCheckpointState } from './checkpoint-state.ts';
import { appendLine } from './manifest.ts';
import { manifestLine, type ManifestCheckpoint, type ManifestFile, type ManifestLine } from './manifest-line.ts';
import { layout, stepPart } from './run-layout.ts';

export interface CommitDeps {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  readonly settings: ParquetSettings;
  /** Milliseconds since 1970. */
  readonly wallTime: () => number;
}

export async function commitStep(commit: StepCommit, save: SaveCheckpoint, previous: string, deps: CommitDeps): Promise<ManifestLine> {
  const { step, report, corpusPosition } = commit;
  const files = await writeParts(commit, deps);
  const checkpoint = commit.checkpoint ? await writeCheckpoint(commit, save, deps) : null;
  const line = manifestLine({ step, policyVersion: report.policyVersion, files, checkpoint, corpusPosition }, previous, deps.wallTime());
  await onFile(join(deps.directory, layout.manifest), () => appendLine(deps.fileSystem, deps.directory, line));
  return line;
}

/** All tables with rows. They are encoded one by one and synced together. */
async function writeParts(commit: StepCommit, deps: CommitDeps): Promise<ManifestFile[]> {
  const tables = logTables.filter((table) => table.rows(commit).length > 0);
  const files = await allSettled(tables.map((table) => writePart(table, commit, deps)));
  for (const { path } of files) {
    const target = join(deps.directory, path);
    await onFile(target, () => deps.fileSystem.rename(stagedPart(path, deps), target));
  }
  await allSettled(files.map(({ path }) => syncFolder(dirname(join(deps.directory, path)), deps)));
  return files;
}

async function writePart({ folder, definition, rows }: AnyLogTable, commit: StepCommit, deps: CommitDeps): Promise<ManifestFile> {
  const { fileSystem, directory, settings } = deps;
  const path = stepPart(folder, commit.step);
  return onFile(join(directory, path), async () => {
    await fileSystem.makeDirectory(join(directory, folder));
    const written = await writeRows(fileSystem, stagedPart(path, deps), definition, rows(commit), settings);
    return { path, ...written };
  });
}

const stagedPart = (path: string, { directory }: CommitDeps): string => join(directory, layout.staging, path.replaceAll('/', '-'));

async function writeCheckpoint(commit: StepCommit, save: SaveCheckpoint, deps: CommitDeps): Promise<ManifestCheckpoint> {
  const { fileSystem, directory, settings } = deps;
  const folder = checkpointFolder(commit.step);
  const target = join(directory, folder);
  const staged = join(directory, layout.staging, `step-${commit.step}`);
  return onFile(target, async () => {
    await fileSystem.makeDirectory(staged);
    await save(staged);
    await writeCheckpointState(fileSystem, staged, commit, settings);
    await fileSystem.syncDirectory(staged);
    const files = await checksumFolder(fileSystem, staged);
    await fileSystem.makeDirectory(dirname(target));
    await fileSystem.rename(staged, target);
    await fileSystem.syncDirectory(dirname(target));
    return { folder, files };
  });
}

function syncFolder(folder: string, { fileSystem }: CommitDeps): Promise<void> {
  return onFile(folder, () => fileSystem.syncDirectory(folder));
}

/** The results; the first failure only once nothing is under way any more. */
async function allSettled<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(work);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
