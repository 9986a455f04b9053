/** The machine's own network, time and chance. A wait does not keep the process alive once all else is done. */
import { setTimeout as wait } from 'node:timers/promises';
import type { TinkerWorld } from './tinker-world.ts';

export const systemWorld: TinkerWorld = {
  fetch,
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
  now: () => performance.now(),
  random: Math.random,
};
