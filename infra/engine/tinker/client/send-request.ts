/**
 * Gets a request to the server. In: what to send, anew for each attempt whose outcome is unknown. Out: the server's JSON. A request that was surely not taken (429) is sent again as it
 * is; one that may have been (a cut connection, 408, 425, 5xx) is sent as the caller makes it for the next attempt: the same where a sequence number makes it idempotent, under another name where not.
 * Fails with ENGINE_UNREACHABLE, ENGINE_REFUSED, ENGINE_FAILED, OUT_OF_MEMORY.
 */
import type { z } from 'zod';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import { backoffMs } from './backoff.ts';
import type { Exchange, ServerLink } from './server-link.ts';
import { serverError } from './server-error.ts';

export interface Sent<T> {
  readonly path: string;
  /** In words, for messages. */
  readonly what: string;
  /** @param attempt how often it may already have reached the server */
  readonly body: (attempt: number) => string | Uint8Array<ArrayBuffer>;
  readonly reply: z.ZodType<T>;
  /** The server has too much to do. */
  readonly onPushBack?: () => void;
}

const limitMs = 120_000;
/** Failures of the server in a row that end a request; with the waits between them about eight minutes. */
export const mostFailures = 20;

export async function sendRequest<T>(link: ServerLink, { path, what, body, reply, onPushBack }: Sent<T>): Promise<T> {
  const { world } = link;
  let attempt = 0;
  for (let failures = 0, wait = 0; ; wait++) {
    const exchange = await link.exchange({ method: 'POST', path, body: body(attempt) }, limitMs);
    if (exchange.kind === 'reply' && exchange.status === 200) return parse(exchange.bytes, reply, what, link);
    if (exchange.kind === 'reply' && exchange.status !== 429) {
      failures++;
      if (!mayPass(exchange.status) || failures >= mostFailures) throw serverError(exchange, what, link);
    }
    if (exchange.kind !== 'reply') link.requireAlive(exchange.cause);
    if (isPushBack(exchange)) onPushBack?.();
    else attempt++;
    await world.sleep(retryAfter(exchange) ?? backoffMs(wait, world.random()));
  }
}

/** 408, 425 (too early) and 5xx may go away by themselves. */
export function mayPass(status: number): boolean {
  return status === 408 || status === 425 || status >= 500;
}

export function isPushBack(exchange: Exchange): boolean {
  return exchange.kind === 'reply' && exchange.status === 429;
}

export function retryAfter(exchange: Exchange): number | null {
  return exchange.kind === 'reply' ? exchange.retryAfterMs : null;
}

export function parse<T>(bytes: Uint8Array, schema: z.ZodType<T>, what: string, link: ServerLink): T {
  const foreign = (cause: unknown): PretrainZeroError => new PretrainZeroError('ENGINE_FAILED', `${link.url} gave no answer of the protocol to ${what}`, {}, cause);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw foreign(cause);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw foreign(parsed.error);
  return parsed.data;
}
