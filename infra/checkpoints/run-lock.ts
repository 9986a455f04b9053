/**
 * One writer a run. In: the run's folder. Out: a lock, held until it is released or its process is gone. Can go wrong: RUN_LOCKED,
 * naming who holds it. A lock that a killed process left behind is taken over, and what it left of one removed; one of another machine cannot be judged and stays.
 */
import { join } from 'node:path';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { readText } from '../file-system/read-file.ts';
import { parseHolder, type LockHolder, type Processes } from './lock-holder.ts';
import { removeLockLeftovers } from './remove-lock-leftovers.ts';
import { layout } from './run-layout.ts';

export interface RunLock {
  release(): Promise<void>;
}

/** Takeovers tried while others do the same. */
const maxAttempts = 5;

export async function lockRun(fileSystem: FileSystem, directory: string, processes: Processes): Promise<RunLock> {
  const file = join(directory, layout.lock);
  await removeLockLeftovers(fileSystem, directory, processes);
  const own = new TextEncoder().encode(JSON.stringify(processes.self));
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    if (await fileSystem.createIfAbsent(file, own)) return { release: () => fileSystem.remove(file) };
    const text = await readText(fileSystem, file);
    if (text === null) continue;
    const holder = parseHolder(text);
    if (holder !== null && (holder.host !== processes.self.host || processes.isAlive(holder))) throw locked(holder, file, processes);
    await takeAway(fileSystem, file, text, processes.self.pid);
  }
  throw new PretrainZeroError('RUN_LOCKED', 'other processes keep taking the lock', { file });
}

/** Removes the lock with this text. Where another process was faster, its new lock is put back. */
async function takeAway(fileSystem: FileSystem, file: string, stale: string, pid: number): Promise<void> {
  const aside = `${file}.stale-${pid}`;
  try {
    await fileSystem.rename(file, aside);
  } catch {
    return; // gone already
  }
  const taken = (await readText(fileSystem, aside)) ?? '';
  if (taken !== stale) await fileSystem.createIfAbsent(file, new TextEncoder().encode(taken));
  await fileSystem.remove(aside);
}

function locked({ pid, host }: LockHolder, file: string, { self }: Processes): PretrainZeroError {
  const what = host === self.host ? `process ${pid} is writing the run` : `process ${pid} of ${host} is writing the run; if it is gone, remove the file`;
  return new PretrainZeroError('RUN_LOCKED', what, { file });
}
