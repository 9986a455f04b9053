/** A world in which no wait takes time, and limits never pass. Out: the world, and the waits that were asked for, in milliseconds. */
import type { TinkerWorld } from '../../../../../infra/engine/tinker/client/tinker-world.ts';

export interface HastyWorld extends TinkerWorld {
  readonly waits: number[];
}

export function hastyWorld(): HastyWorld {
  const waits: number[] = [];
  let time = 0;
  return {
    fetch,
    waits,
    now: () => time,
    random: () => 0,
    sleep(milliseconds, signal) {
      if (signal !== undefined) return untilAborted(signal); // a limit or a heartbeat
      waits.push(milliseconds);
      time += milliseconds;
      return new Promise((done) => setImmediate(done));
    },
  };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}
