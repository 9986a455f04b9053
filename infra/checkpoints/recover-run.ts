/**
 * What a run goes on from. In: a folder whose writer stopped anywhere. Out: the last step with a whole checkpoint, and the folder as it was
 * right after that step: later lines of the manifest, parts and checkpoints are removed, as the run will write them again, alike.
 * A damaged checkpoint is left for the one before. Can go wrong: LOG_DAMAGED where no checkpoint is whole, or a part is missing.
 */
import { join } from 'node:path';
import type { ResumePoint } from '../../operators/ports/run-store.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { readText } from '../file-system/read-file.ts';
import { replaceFile } from '../file-system/write-file.ts';
import { logTables } from '../sample-log/log-tables.ts';
import { checkFile } from './checksums.ts';
import { readCheckpointState } from './checkpoint-state.ts';
import { readManifest, writeManifest } from './manifest.ts';
import type { ManifestLine } from './manifest-line.ts';
import { isCheckpointName, isPartName, layout } from './run-layout.ts';

/** A checkpoint that was passed over. */
export interface DamagedCheckpoint {
  readonly folder: string;
  readonly problem: string; // what is wrong, and with which file
}

export interface Recovery {
  readonly resumePoint: ResumePoint;
  /** The lines that stay: one a step. */
  readonly lines: readonly ManifestLine[];
  /** Committed steps that are to be done again. */
  readonly droppedSteps: number;
  readonly damaged: readonly DamagedCheckpoint[];
}

/**
 * What stays of a run: the steps up to the last whole checkpoint, from which an engine can go on; or every committed step, where only the log's writer was gone
 * and the engine is further.
 */
export type Keep = 'checkpoint' | 'steps';

export async function recoverRun(fileSystem: FileSystem, directory: string, keep: Keep = 'checkpoint'): Promise<Recovery> {
  const manifest = await readManifest(fileSystem, directory);
  if (manifest.damaged) {
    const place = { file: join(directory, layout.manifest), ...(manifest.altered !== null && { line: manifest.altered }) };
    throw new PretrainZeroError('LOG_DAMAGED', 'the line is altered, or does not follow the one before', place);
  }
  const { resumePoint, damaged } = await lastWholeCheckpoint(fileSystem, directory, manifest.lines);
  const lines = keep === 'steps' ? manifest.lines : manifest.lines.slice(0, resumePoint.step);
  await requireParts(fileSystem, directory, lines);
  if (manifest.torn || lines.length < manifest.lines.length) await writeManifest(fileSystem, directory, lines);
  await fileSystem.remove(join(directory, layout.staging));
  await removeUnknown(fileSystem, directory, lines);
  await rewindTimings(fileSystem, directory, lines.length);
  return { resumePoint, lines, droppedSteps: manifest.lines.length - lines.length, damaged };
}

const base: ResumePoint = { step: 0, checkpointDirectory: null, corpusPosition: null, pending: [], pendingLetters: [] };

async function lastWholeCheckpoint(
  fileSystem: FileSystem,
  directory: string,
  lines: readonly ManifestLine[],
): Promise<{ resumePoint: ResumePoint; damaged: DamagedCheckpoint[] }> {
  const damaged: DamagedCheckpoint[] = [];
  for (const { checkpoint } of lines.toReversed()) {
    if (checkpoint === null) continue;
    const folder = join(directory, checkpoint.folder);
    const problem = await firstProblem(fileSystem, folder, checkpoint.files);
    if (problem === null) return { resumePoint: await readCheckpointState(fileSystem, folder), damaged };
    damaged.push({ folder: checkpoint.folder, problem });
  }
  const newest = damaged[0];
  if (newest !== undefined) {
    throw new PretrainZeroError('LOG_DAMAGED', `no checkpoint is whole; of the newest, ${newest.problem}`, { file: join(directory, newest.folder) });
  }
  return { resumePoint: base, damaged };
}

async function firstProblem(fileSystem: FileSystem, folder: string, files: readonly ManifestLine['files'][number][]): Promise<string | null> {
  for (const file of files) {
    const problem = await checkFile(fileSystem, folder, file, { content: true });
    if (problem !== null) return `${file.path}: ${problem}`;
  }
  return null;
}

/** Looks at sizes; `verifyRun` looks at every byte. */
async function requireParts(fileSystem: FileSystem, directory: string, lines: readonly ManifestLine[]): Promise<void> {
  for (const file of lines.flatMap((line) => line.files)) {
    const problem = await checkFile(fileSystem, directory, file, { content: false });
    if (problem !== null) throw new PretrainZeroError('LOG_DAMAGED', problem, { file: join(directory, file.path) });
  }
}

/** Removes parts and checkpoints that no line names. */
async function removeUnknown(fileSystem: FileSystem, directory: string, lines: readonly ManifestLine[]): Promise<void> {
  const known = new Set(lines.flatMap((line) => [...line.files.map((file) => file.path), line.checkpoint?.folder]));
  const removeIn = async (folder: string, isOurs: (name: string) => boolean): Promise<void> => {
    for (const { name } of await fileSystem.list(join(directory, folder))) {
      if (isOurs(name) && !known.has(`${folder}/${name}`)) await fileSystem.remove(join(directory, folder, name));
    }
  };
  for (const { folder } of logTables) await removeIn(folder, isPartName);
  await removeIn(layout.checkpoints, isCheckpointName);
}

/** Keeps the wall-clock figures of the steps that stay. */
async function rewindTimings(fileSystem: FileSystem, directory: string, step: number): Promise<void> {
  const file = join(directory, layout.timings);
  const text = await readText(fileSystem, file);
  if (text === null) return;
  const kept = text.split('\n').filter((line) => {
    const found = /^\{"step":(\d+),.*\}$/.exec(line)?.[1];
    return found !== undefined && Number(found) <= step;
  });
  const rewound = kept.map((line) => `${line}\n`).join('');
  if (rewound !== text) await replaceFile(fileSystem, file, rewound);
}
