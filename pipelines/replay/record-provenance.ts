/**
 * `trained-from.json`: says in words where the samples of a run came from that was trained from a log; its commits prove it. In: the log, the new run's folder. Out: the file, written.
 * Can go wrong: RUN_MISMATCH where the folder holds a run that was trained from another log; DISK_FULL, NOT_WRITABLE.
 */
import { join, resolve } from 'node:path';
import { onFile } from '../../infra/file-system/file-error.ts';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { readText } from '../../infra/file-system/read-file.ts';
import { replaceFile } from '../../infra/file-system/write-file.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { OpenedReplay } from './open-replay.ts';

const provenanceFile = 'trained-from.json';

interface Provenance {
  readonly run: string;
  readonly folder: string;
  readonly steps: number;
  /** Hashes in the manifest of the log: of its first step, and of the last one used, which proves all before it. */
  readonly firstHash: string;
  readonly lastHash: string;
  readonly set: readonly string[];
}

export async function recordProvenance({ own: { run }, directory: folder, log, range }: OpenedReplay, directory: string, set: readonly string[]): Promise<void> {
  const file = join(directory, provenanceFile);
  const before = await readText(nodeFileSystem, file);
  const provenance: Provenance = { run: run.name, folder: resolve(folder), steps: range.to, firstHash: log.steps[0]!.hash, lastHash: log.steps[range.to - 1]!.hash, set };
  if (before !== null && (JSON.parse(before) as Provenance).firstHash !== provenance.firstHash) {
    throw new PretrainZeroError('RUN_MISMATCH', `the folder holds a run that was trained from another log (${(JSON.parse(before) as Provenance).folder})`, { file });
  }
  await onFile(file, () => replaceFile(nodeFileSystem, file, `${JSON.stringify(provenance, null, 2)}\n`));
}
