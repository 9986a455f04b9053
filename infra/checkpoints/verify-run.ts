/**
 * Checks every file that the manifest names, byte for byte, and that the config is there. In: a run's folder. Out: what is wrong with which file; nothing for a whole
 * run. Checkpoints older than the newest may be gone. Can go wrong: RUN_NOT_FOUND, and the system's errors.
 */
import { join } from 'node:path';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { checkFile } from './checksums.ts';
import { readManifest } from './manifest.ts';
import { layout } from './run-layout.ts';

export interface RunProblem {
  readonly file: string;
  readonly problem: string;
}

export interface RunVerification {
  readonly steps: number;
  readonly files: number;
  readonly bytes: number;
  /** The newest, relative to the run. */
  readonly checkpoint: string | null;
  readonly problems: readonly RunProblem[];
}

export interface VerifyRunOptions {
  /** Whether checkpoints are looked at; those of a copy made to be read may be left out. @default true */
  readonly checkpoints?: boolean;
}

export async function verifyRun(fileSystem: FileSystem, directory: string, options: VerifyRunOptions = {}): Promise<RunVerification> {
  if ((await fileSystem.size(join(directory, layout.manifest))) === null) {
    throw new PretrainZeroError('RUN_NOT_FOUND', 'the folder holds no run', { file: directory });
  }
  const { lines, altered } = await readManifest(fileSystem, directory);
  const checkpoints = lines.flatMap(({ checkpoint }) => (checkpoint === null || options.checkpoints === false ? [] : [checkpoint]));
  const newest = checkpoints.at(-1) ?? null;
  const files = lines.flatMap((line) => line.files);
  const problems: RunProblem[] = [];
  for (const checkpoint of checkpoints) {
    if ((await fileSystem.list(join(directory, checkpoint.folder))).length > 0) {
      files.push(...checkpoint.files.map((file) => ({ ...file, path: `${checkpoint.folder}/${file.path}` })));
    } else if (checkpoint === newest) {
      problems.push({ file: checkpoint.folder, problem: 'the newest checkpoint is missing: the run cannot go on (of a copy made without checkpoints, --without-checkpoints verifies the rest)' });
    }
  }
  if (altered !== null) problems.push({ file: layout.manifest, problem: `line ${altered} is altered, or does not follow the one before` });
  if ((await fileSystem.size(join(directory, layout.config))) === null) problems.push({ file: layout.config, problem: 'the file is missing: the run cannot go on' });
  for (const file of files) {
    const problem = await checkFile(fileSystem, directory, file, { content: true });
    if (problem !== null) problems.push({ file: file.path, problem });
  }
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { steps: lines.length, files: files.length, bytes, checkpoint: newest?.folder ?? null, problems };
}
