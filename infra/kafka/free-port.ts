/**
 * A TCP port of loopback that nothing listens on. Below the range from which systems give ports to outgoing connections: while a broker is down, a client that tries to
 * reach it could otherwise be given the broker's own port, and keep it from coming back.
 */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const range = { from: 20_000, to: 32_000 } as const;

/** @param taken ports that are spoken for */
export async function freePort(taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (;;) {
    const port = randomInt(range.from, range.to);
    if (!taken.has(port) && (await isFree(port))) return port;
  }
}

const triesOfDeparture = 50;
const betweenMs = 100;

/** Whether a port is free, or becomes so while a process that was killed is still being taken apart: it counts as gone before its sockets are closed. */
export async function becomesFree(port: number): Promise<boolean> {
  for (let tries = 1; tries < triesOfDeparture; tries++) {
    if (await isFree(port)) return true;
    await wait(betweenMs);
  }
  return isFree(port);
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
