/**
 * The sockets that the client has open. It loses sight of some where connections break, two of its parts connecting anew at the same time, and these would keep the process from ending.
 * In: where to, and how encrypted, as the library says it. Out: sockets; `close` ends those that are left. Nothing can go wrong but what a socket tells by itself.
 */
import type { ISocketFactory } from 'kafkajs';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';

export interface KeptSockets {
  readonly factory: ISocketFactory;
  /** After the client has closed what it knows of. */
  close(): void;
}

const keepAliveMs = 60_000; // as the library has it by default

export function keepSockets(): KeptSockets {
  const sockets = new Set<Socket>();
  let closed = false;
  return {
    factory({ host, port, ssl, onConnect }) {
      if (closed) throw new Error('the client is closed');
      const server = isIP(host) === 0 ? { servername: host } : {};
      const encrypted = ssl as typeof ssl | undefined; // the library's types do not say so
      const socket = encrypted ? connectSecurely({ host, port, ...server, ...encrypted }, onConnect) : connect({ host, port }, onConnect);
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket.setKeepAlive(true, keepAliveMs);
    },
    close() {
      closed = true;
      for (const socket of sockets) socket.destroy(new Error('closed with its client')); // an error is what the library listens for
    },
  };
}
