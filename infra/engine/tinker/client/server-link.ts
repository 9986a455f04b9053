/**
 * One exchange with the server. In: a request. Out: the server's reply, or that there was none: refused, cut, or not within the limit. Never rejects; what a reply means is for
 * others to say. The API key goes into the header alone.
 */
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import type { TinkerWorld } from './tinker-world.ts';

export interface LinkSettings {
  /** Without a slash at the end. */
  readonly url: string;
  readonly apiKey: string | null;
}

export interface LinkRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/api/v1/`. */
  readonly path: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly accept?: string;
}

export interface Reply {
  readonly kind: 'reply';
  readonly status: number;
  /** Media type, without parameters. */
  readonly type: string;
  readonly bytes: Uint8Array;
  /** What `Retry-After` asks for, if it does in seconds. */
  readonly retryAfterMs: number | null;
  readonly tookMs: number;
}

/** `late`: the limit passed. `cut`: no connection, or it broke. */
export type Exchange = Reply | { readonly kind: 'late' | 'cut'; readonly cause: unknown };

export const protobufType = 'application/x-protobuf';

/** Why a wait is broken off: given, so that one error with its stack less is made for each exchange. */
const ended = 'the exchange has ended';

/** Without any answer for so long, heartbeats included, the server counts as gone. */
export const patienceMs = 600_000;

export class ServerLink {
  readonly world: TinkerWorld;
  readonly url: string;
  readonly #apiKey: string | null;
  #heardAt: number;

  constructor({ url, apiKey }: LinkSettings, world: TinkerWorld) {
    this.world = world;
    this.url = url;
    this.#apiKey = apiKey;
    this.#heardAt = world.now();
  }

  async exchange({ method, path, body, accept }: LinkRequest, limitMs: number): Promise<Exchange> {
    const { world } = this;
    const over = new AbortController(); // ends the exchange at its limit
    const done = new AbortController(); // ends the wait for the limit
    void world.sleep(limitMs, done.signal).then(() => over.abort());
    const startedAt = world.now();
    try {
      const response = await world.fetch(`${this.url}/api/v1/${path}`, {
        method,
        headers: {
          ...(this.#apiKey === null ? {} : { 'X-API-Key': this.#apiKey }),
          ...(body === undefined ? {} : { 'Content-Type': typeof body === 'string' ? 'application/json' : protobufType }),
          ...(accept === undefined ? {} : { Accept: accept }),
        },
        ...(body === undefined ? {} : { body }),
        signal: over.signal,
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      this.#heardAt = world.now();
      const type = (response.headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase();
      return { kind: 'reply', status: response.status, type, bytes, retryAfterMs: secondsOf(response.headers.get('retry-after')), tookMs: this.#heardAt - startedAt };
    } catch (cause) {
      return { kind: over.signal.aborted ? 'late' : 'cut', cause };
    } finally {
      done.abort(ended);
    }
  }

  /** @throws ENGINE_UNREACHABLE once nothing was heard of the server for too long. */
  requireAlive(cause: unknown): void {
    const silentMs = this.world.now() - this.#heardAt;
    if (silentMs <= patienceMs) return;
    throw new PretrainZeroError('ENGINE_UNREACHABLE', `${this.url} has not answered for ${Math.round(silentMs / 1000)} s: ${reasonOf(cause)}`, { key: 'engine.tinker.url' }, cause);
  }

  /** Puts `[secret]` in place of the key, which a server may repeat. */
  redact(text: string): string {
    return this.#apiKey === null ? text : text.replaceAll(this.#apiKey, '[secret]');
  }
}

/** Of a failed `fetch`, whose own message says nothing. */
export function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const { code, message } = inner as { code?: string; message?: string };
  return code ?? (message === undefined || message === '' ? String(inner) : message);
}

function secondsOf(header: string | null): number | null {
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? 1000 * seconds : null;
}
