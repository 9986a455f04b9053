/**
 * What the tab takes: the private footprint of its renderer process, as Chromium itself counts it on Linux (anonymous pages in memory and swapped out), with the page, its workers and all that they
 * hold. In: the browser, with one tab. Out: megabytes (10^6). Fails where there is no /proc.
 */
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';

export async function tabMemory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  const footprints = await Promise.all(renderers.map(({ id }) => footprint(id)));
  return Math.max(...footprints);
}

async function footprint(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
  return ((kilobytes('RssAnon') + kilobytes('VmSwap')) * 1024) / 1e6;
}
