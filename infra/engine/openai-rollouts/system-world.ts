/** The machine's own network, time and chance. `fetch` would give up on a reply whose first byte takes longer than five minutes, as samples of thousands of tokens can. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import type { HttpReply, HttpRequest, RolloutsWorld } from './rollouts-world.ts';

/** After so long without a word, the system asks whether the other side is still there. */
const keepAliveMs = 30_000;

export const systemWorld: RolloutsWorld = {
  exchange,
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }).catch(() => undefined),
  now: () => performance.now(),
  random: Math.random,
};

function exchange({ method, url, headers, body, signal }: HttpRequest): Promise<HttpReply> {
  const open = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = open(url, { method, headers: { ...headers, ...(body !== null && { 'Content-Length': String(Buffer.byteLength(body)) }) }, signal });
    request.on('socket', (socket) => socket.setKeepAlive(true, keepAliveMs));
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const seconds = Number(response.headers['retry-after']);
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString(), retryAfterMs: Number.isFinite(seconds) && seconds >= 0 ? 1000 * seconds : null });
      });
    });
    request.end(body ?? undefined);
  });
}
