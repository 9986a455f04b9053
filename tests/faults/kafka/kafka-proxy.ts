/**
 * A TCP proxy before a broker, which tests can have misbehave. It knows as much of Kafka's framing as it takes to tell requests, and the answers to them, by kind: each begins with its length
 * (int32); a request goes on with API key (int16), API version (int16) and correlation id (int32), an answer with the correlation id.
 */
import { createServer, connect, type Socket } from 'node:net';

export interface KafkaProxy {
  readonly port: number;
  /** Closes every connection at once. New ones are taken. */
  cut(): void;
  /** The next requests of a kind are let go, and their connections closed: the broker never sees them. */
  dropRequests(kind: ApiKind, count: number): void;
  /** The next answers to a kind of request are let go, and their connections closed: the broker has done what was asked, and the client does not know. */
  dropAnswers(kind: ApiKind, count: number): void;
  /** Requests and answers of a kind let go so far. */
  dropped(kind: ApiKind): number;
  /** Resolves once so many further requests of a kind have gone on to the broker. */
  passes(kind: ApiKind, count: number): Promise<void>;
  /** Closes every connection, and the next so many at once again. */
  refuse(count: number): void;
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

/** Kafka's API keys. */
export const apiKeys = {
  Produce: 0,
  Fetch: 1,
  ListOffsets: 2,
  Metadata: 3,
  OffsetCommit: 8,
  OffsetFetch: 9,
  FindCoordinator: 10,
  JoinGroup: 11,
  Heartbeat: 12,
  LeaveGroup: 13,
  SyncGroup: 14,
  DescribeGroups: 15,
  ApiVersions: 18,
  CreateTopics: 19,
  DeleteTopics: 20,
  DeleteRecords: 21,
  InitProducerId: 22,
  DeleteGroups: 42,
} as const;

export type ApiKind = keyof typeof apiKeys;

const kindOf = new Map<number, ApiKind>(Object.entries(apiKeys).map(([kind, key]) => [key, kind as ApiKind]));

export async function openKafkaProxy({ host = '127.0.0.1', port = 0, to }: KafkaProxyOptions): Promise<KafkaProxy> {
  const sockets = new Set<Socket>();
  const requests = new Drops();
  const answers = new Drops();
  const awaited = new Set<(kind: ApiKind | undefined) => void>();
  let toRefuse = 0;
  const server = createServer((client) => {
    if (toRefuse > 0) {
      toRefuse -= 1;
      client.destroy();
      return;
    }
    const broker = connect(to, '127.0.0.1');
    const close = (): void => [client, broker].forEach((socket) => socket.destroy());
    const asked = new Map<number, ApiKind | undefined>();
    for (const socket of [client, broker]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', close);
      socket.on('close', () => {
        sockets.delete(socket);
        close();
      });
    }
    const passUnless = (isDropped: boolean): boolean => {
      if (isDropped) close();
      return !isDropped;
    };
    forward(client, broker, (frame) => {
      const kind = kindOf.get(frame.readInt16BE(0));
      asked.set(frame.readInt32BE(4), kind);
      const passes = passUnless(requests.take(kind));
      if (passes) for (const see of [...awaited]) see(kind);
      return passes;
    });
    forward(broker, client, (frame) => {
      const correlation = frame.readInt32BE(0);
      const kind = asked.get(correlation);
      asked.delete(correlation);
      return passUnless(answers.take(kind));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as { port: number }).port,
    cut,
    dropRequests: (kind, count) => requests.add(kind, count),
    dropAnswers: (kind, count) => answers.add(kind, count),
    dropped: (kind) => requests.taken(kind) + answers.taken(kind),
    passes: (kind, count) =>
      new Promise((resolve) => {
        let left = count;
        const see = (passed: ApiKind | undefined): void => {
          if (passed !== kind || --left > 0) return;
          awaited.delete(see);
          resolve();
        };
        awaited.add(see);
      }),
    refuse(count) {
      toRefuse += count;
      cut();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}

/** How many of each kind are to be let go, and were. */
class Drops {
  readonly #left = new Map<ApiKind, number>();
  readonly #taken = new Map<ApiKind, number>();

  add(kind: ApiKind, count: number): void {
    this.#left.set(kind, (this.#left.get(kind) ?? 0) + count);
  }

  taken(kind: ApiKind): number {
    return this.#taken.get(kind) ?? 0;
  }

  take(kind: ApiKind | undefined): boolean {
    if (kind === undefined || (this.#left.get(kind) ?? 0) === 0) return false;
    this.add(kind, -1);
    this.#taken.set(kind, this.taken(kind) + 1);
    return true;
  }
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
