/** In: a process. Out: the sum of the peaks of resident memory of it and of all below it, in bytes; null where there is no /proc. Nothing can go wrong. */
import { readdirSync, readFileSync } from 'node:fs';

interface ProcessStatus {
  readonly parent: number;
  readonly peakBytes: number;
}

export function peakBytes(root: number): number | null {
  const statuses = new Map<number, ProcessStatus>();
  for (const pid of processes()) {
    const status = readStatus(pid);
    if (status !== null) statuses.set(pid, status);
  }
  const own = statuses.get(root);
  if (own === undefined) return null;
  let sum = 0;
  for (const [pid, status] of statuses) if (descendsFrom(pid, root, statuses)) sum += status.peakBytes;
  return sum;
}

function descendsFrom(pid: number, root: number, statuses: ReadonlyMap<number, ProcessStatus>): boolean {
  for (let at: number | undefined = pid; at !== undefined; at = statuses.get(at)?.parent) if (at === root) return true;
  return false;
}

function processes(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function readStatus(pid: number): ProcessStatus | null {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string): number => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'mu').exec(text)?.[1] ?? 0);
    return { parent: field('PPid'), peakBytes: field('VmHWM') * 1024 };
  } catch {
    return null; // it has ended
  }
}
