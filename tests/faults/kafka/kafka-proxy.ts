/**
 * A TCP proxy before a broker, which tests can have misbehave. It knows as much of Kafka's framing as it takes to tell the answers to Produce from others: each request and answer begins with its length
 * (int32); a request goes on with API key (int16), API version (int16) and correlation id (int32), an answer with the correlation id.
 */
import { createServer, connect, type Socket } from 'node:net';

export interface KafkaProxy {
  readonly port: number;
  /** Closes every connection at once. New ones are taken. */
  cut(): void;
  /** The next answers to Produce that the broker gives are let go, and their connections closed: what the client sent is written, and it does not know. */
  dropAcknowledgements(count: number): void;
  /** Answers to Produce let go so far. */
  dropped(): number;
  close(): Promise<void>;
}

export interface KafkaProxyOptions {
  /** Where it listens. @default 127.0.0.1 */
  readonly host?: string;
  /** @default a free one */
  readonly port?: number;
  /** Of the broker, on loopback. */
  readonly to: number;
}

const produce = 0;

export async function openKafkaProxy({ host = '127.0.0.1', port = 0, to }: KafkaProxyOptions): Promise<KafkaProxy> {
  const sockets = new Set<Socket>();
  let toDrop = 0;
  let dropped = 0;
  const server = createServer((client) => {
    const broker = connect(to, '127.0.0.1');
    const close = (): void => [client, broker].forEach((socket) => socket.destroy());
    const produces = new Set<number>();
    for (const socket of [client, broker]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', close);
      socket.on('close', () => {
        sockets.delete(socket);
        close();
      });
    }
    forward(client, broker, (frame) => {
      if (frame.readInt16BE(0) === produce) produces.add(frame.readInt32BE(4));
      return true;
    });
    forward(broker, client, (frame) => {
      if (!produces.delete(frame.readInt32BE(0)) || toDrop === 0) return true;
      toDrop -= 1;
      dropped += 1;
      close();
      return false;
    });
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as { port: number }).port,
    cut,
    dropAcknowledgements: (count) => (toDrop += count),
    dropped: () => dropped,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}

const lengthBytes = 4;

/** Sends on whole frames for which `pass` says so. */
function forward(from: Socket, to: Socket, pass: (frame: Buffer) => boolean): void {
  let waiting: Buffer[] = [];
  let bytes = 0;
  let due = lengthBytes; // what must be there before a look is worth it
  from.on('data', (data: Buffer) => {
    waiting.push(data);
    bytes += data.length;
    if (bytes < due) return;
    let rest = Buffer.concat(waiting);
    for (due = frameBytes(rest); rest.length >= due; due = frameBytes(rest)) {
      if (pass(rest.subarray(lengthBytes, due)) && !to.destroyed) to.write(rest.subarray(0, due));
      rest = rest.subarray(due);
    }
    waiting = [rest];
    bytes = rest.length;
  });
}

/** Of the first frame, its length with it; of a beginning that is too short, the length's own. */
function frameBytes(data: Buffer): number {
  return data.length < lengthBytes ? lengthBytes : lengthBytes + data.readInt32BE(0);
}
