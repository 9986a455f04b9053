/**
 * What a tab takes: the private footprint of its renderer process, as Chromium itself counts it on Linux (anonymous pages in memory and swapped out), with the page, its workers and all that they
 * hold. In: the renderers of a browser with one tab; another may wait empty. Out: megabytes (10^6) of the largest. Fails where there is no /proc.
 */
import { readFile } from 'node:fs/promises';

export async function tabFootprint(renderers: readonly number[]): Promise<number> {
  return Math.max(...(await Promise.all(renderers.map(footprint))));
}

async function footprint(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
  return ((kilobytes('RssAnon') + kilobytes('VmSwap')) * 1024) / 1e6;
}
