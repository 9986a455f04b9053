/**
 * Room on disk for a run's checkpoints. In: how many the run keeps, and its model's size. Out: bytes. Can go wrong: DISK_FULL where they cannot all be
 * written, before the first step is: when the disk fills up at a checkpoint, the steps since the one before are lost.
 */
import { join } from 'node:path';
import type { Config } from '../../schemas/config/config.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { layout } from './run-layout.ts';

type Kept = Pick<Config['run'], 'steps' | 'checkpointEvery' | 'keepCheckpoints'>;

/** Weights and both moments of AdamW in float32. */
const bytesPerParameter = 12;
const mebibyte = 2 ** 20;

export const checkpointBytes = (parameters: number): number => bytesPerParameter * parameters;

/** On disk at once: a new one is written before the oldest goes. */
export const mostCheckpoints = ({ steps, checkpointEvery, keepCheckpoints }: Kept): number => Math.min(keepCheckpoints + 1, Math.ceil(steps / checkpointEvery));

export async function requireRoom(fileSystem: FileSystem, directory: string, run: Kept, parameters: number): Promise<void> {
  const there = (await fileSystem.list(join(directory, layout.checkpoints))).length;
  const lacking = mostCheckpoints(run) - there;
  const needed = lacking * checkpointBytes(parameters);
  const free = await fileSystem.freeBytes(directory);
  if (needed <= free) return;
  const [need, has] = [Math.ceil(needed / mebibyte), Math.floor(free / mebibyte)];
  const what = `the disk has no room for the run's checkpoints: ${lacking} more will be there at once, ${need} MiB, and ${has} MiB are free (a lower run.keepCheckpoints takes less)`;
  throw new PretrainZeroError('DISK_FULL', what, { file: directory });
}
