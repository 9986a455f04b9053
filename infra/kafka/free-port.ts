/**
 * A TCP port of loopback that nothing listens on. Below the range from which systems give ports to outgoing connections: while a broker is down, a client that tries to
 * reach it could otherwise be given the broker's own port, and keep it from coming back.
 */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const range = { from: 20_000, to: 32_000 } as const;

/** @param taken ports that are spoken for */
export async function freePort(taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (;;) {
    const port = randomInt(range.from, range.to);
    if (!taken.has(port) && (await isFree(port))) return port;
  }
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
