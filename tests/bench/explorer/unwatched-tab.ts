/**
 * A tab that nothing but the bench looks at, for the memory it takes: an inspector that listens to the network, as Playwright's does, keeps the bytes of every response in the tab itself. In:
 * Chromium's program, an address. Out: a tab that answers expressions, in a browser of its own. Fails with what the page throws, or where the browser ends.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { browserFlags } from '../../infra/explorer/open-browser.ts';
import { tabFootprint } from './tab-footprint.ts';

export interface UnwatchedTab {
  /** @returns milliseconds since the page's own beginning at which the expression was true */
  until(expression: string): Promise<number>;
  /** @returns what the expression comes to, as plain data */
  evaluate<T>(expression: string): Promise<T>;
  /** Megabytes (10^6) of its process. */
  memory(): Promise<number>;
  close(): Promise<void>;
}

interface Protocol {
  readonly send: (method: string, params?: object, sessionId?: string) => Promise<Record<string, unknown>>;
  /** Resolves when the browser tells of it next. */
  readonly event: (method: string) => Promise<void>;
}

export async function unwatchedTab(program: string, url: string): Promise<UnwatchedTab> {
  const profile = await mkdtemp(join(tmpdir(), 'pretrainzero-tab-'));
  const browser = spawn(program, ['--headless=new', '--remote-debugging-pipe', `--user-data-dir=${profile}`, ...browserFlags, 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const { send, event } = protocol(browser);
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = (await send('Target.attachToTarget', { targetId, flatten: true })) as { sessionId: string };
  await send('Page.enable', {}, sessionId);
  await Promise.all([event('Page.loadEventFired'), send('Page.navigate', { url }, sessionId)]);
  const evaluate = async <T>(expression: string): Promise<T> => {
    const { result, exceptionDetails } = (await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, sessionId)) as { result: { value: T }; exceptionDetails?: { text: string } };
    if (exceptionDetails !== undefined) throw new Error(`${exceptionDetails.text}: ${expression}`);
    return result.value;
  };
  return {
    evaluate,
    until: (expression) => evaluate(`new Promise((resolve) => { const look = () => ((${expression}) ? resolve(performance.now()) : setTimeout(look, 10)); look(); })`),
    async memory() {
      const { processInfo } = (await send('SystemInfo.getProcessInfo')) as { processInfo: readonly { type: string; id: number }[] };
      return tabFootprint(processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id));
    },
    async close() {
      const ended = new Promise((resolve) => browser.once('exit', resolve));
      await Promise.all([ended, send('Browser.close').catch(() => undefined)]);
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Calls over the browser's two pipes: JSON, each message ended by a zero byte. */
function protocol(browser: ChildProcess): Protocol {
  const waiting = new Map<number, { readonly resolve: (result: Record<string, unknown>) => void; readonly reject: (error: Error) => void }>();
  const listening = new Map<string, () => void>();
  const [toBrowser, fromBrowser] = [browser.stdio[3] as Writable, browser.stdio[4] as Readable];
  let [calls, rest] = [0, ''];
  fromBrowser.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop()!;
    for (const message of messages) {
      const { id, method, result, error } = JSON.parse(message) as { id?: number; method?: string; result?: Record<string, unknown>; error?: { message: string } };
      listening.get(method ?? '')?.();
      const call = waiting.get(id ?? -1);
      waiting.delete(id ?? -1);
      if (error !== undefined) call?.reject(new Error(error.message));
      else call?.resolve(result ?? {});
    }
  });
  browser.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser ended'));
    waiting.clear();
  });
  return {
    event: (method) => new Promise((resolve) => listening.set(method, resolve)),
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        const id = ++calls;
        waiting.set(id, { resolve, reject });
        toBrowser.write(`${JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) })}\0`);
      }),
  };
}
