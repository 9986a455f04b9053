/**
 * Takes away what processes that were killed while they took the lock left beside it: the lock before it had its name (`run.lock.PID`), or another's that was being taken away (`run.lock.stale-PID`). In: the
 * run's folder. Out: nothing of this machine's processes that are gone is left; what another machine wrote cannot be judged and stays. Fails with the system's errors.
 */
import { join } from 'node:path';
import type { FileSystem } from '../file-system/file-system.ts';
import { readText } from '../file-system/read-file.ts';
import { parseHolder, type Processes } from './lock-holder.ts';
import { layout } from './run-layout.ts';

const leftover = new RegExp(`^${layout.lock.replace('.', '\\.')}\\.(stale-)?(\\d{1,10})$`);

export async function removeLockLeftovers(fileSystem: FileSystem, directory: string, processes: Processes): Promise<void> {
  const { self } = processes;
  for (const { name } of await fileSystem.list(directory)) {
    const [, stale, pid] = leftover.exec(name) ?? [];
    if (pid === undefined) continue;
    const file = join(directory, name);
    const text = stale === undefined ? await readText(fileSystem, file).catch(() => null) : null; // one that is taken away names another; one that is being made may be gone by now
    const written = parseHolder(text ?? '');
    const holder = written ?? { pid: Number(pid), host: self.host, started: null };
    if (holder.host === self.host && holder.pid !== self.pid && !processes.isAlive(holder)) await fileSystem.remove(file);
  }
}
