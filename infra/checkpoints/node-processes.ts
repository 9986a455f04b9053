/** The processes of this machine, for the run's lock. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { systemCode } from '../file-system/system-code.ts';
import type { LockHolder, Processes } from './lock-holder.ts';

/** A process of this machine that runs. */
export function holderOf(pid: number): LockHolder {
  return { pid, host: hostname(), started: startOf(pid) };
}

export const nodeProcesses: Processes = {
  self: holderOf(process.pid),
  isAlive({ pid, started }) {
    try {
      process.kill(pid, 0); // signal 0 only asks
    } catch (error) {
      if (systemCode(error) === 'ESRCH') return false;
    }
    return started === null || startOf(pid) === started;
  },
};

/** Start of a process in clock ticks since boot, with the boot's id (Linux); null elsewhere, and where it has ended and nobody has asked how. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (afterName[0] === 'Z') return null;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot}/${afterName[19] ?? ''}`; // field 22 of proc_pid_stat(5): starttime
  } catch {
    return null;
  }
}
