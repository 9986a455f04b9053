/**
 * Requests to the server that samples. In: a path and a body. Out: the reply's text. What may pass (no connection, 408, 425, 429, 5xx) is asked again, with growing pauses: a request changes nothing that a second one would not change
 * again. Fails with ENGINE_UNREACHABLE once nothing was heard for ten minutes, ENGINE_REFUSED with the server's reason, OUT_OF_MEMORY, ENGINE_FAILED; with the signal's reason where it fires.
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { backoffMs } from '../tinker/client/backoff.ts';
import { reasonOf } from '../tinker/client/server-link.ts';
import { reasonIn } from './reason-in.ts';
import type { HttpReply, RolloutsWorld } from './rollouts-world.ts';

export interface ServerRequest {
  /** Begins with a slash. */
  readonly path: string;
  readonly body: unknown;
  /** In words, for messages. */
  readonly what: string;
  readonly signal: AbortSignal;
  /** The server has too much to do. */
  readonly onPushBack?: () => void;
}

const patienceMs = 600_000;
/** Of the server's failures in a row; with the waits between them about eight minutes. */
const mostFailures = 20;
const longestReason = 400;
const firstAnswerMs = 30_000;

export class ServerClient {
  readonly url: string;
  readonly #apiKey: string | null;
  readonly #world: RolloutsWorld;
  #heardAt: number;

  constructor(url: string, apiKey: string | null, world: RolloutsWorld) {
    this.url = url;
    this.#apiKey = apiKey;
    this.#world = world;
    this.#heardAt = world.now();
  }

  /** Asked once: at the start a wrong address is told in seconds. */
  async get(path: string, what: string): Promise<string> {
    const { signal, done } = this.within(firstAnswerMs);
    try {
      const reply = await this.#world.exchange({ method: 'GET', url: this.url + path, headers: this.#headers(), body: null, signal });
      if (reply.status === 200) return reply.body;
      throw this.#failure(reply, what);
    } catch (cause) {
      if (cause instanceof PretrainZeroError) throw cause;
      throw new PretrainZeroError('ENGINE_UNREACHABLE', `${this.url} cannot be reached: ${reasonOf(signal.aborted ? signal.reason : cause)}`, { key: 'engine.rollouts.url' }, cause);
    } finally {
      done();
    }
  }

  async post({ path, body, what, signal, onPushBack }: ServerRequest): Promise<string> {
    const text = JSON.stringify(body);
    const headers = { ...this.#headers(), 'Content-Type': 'application/json' };
    for (let attempt = 0, failures = 0; ; attempt++) {
      signal.throwIfAborted();
      const reply = await this.#world.exchange({ method: 'POST', url: this.url + path, headers, body: text, signal }).catch((cause: unknown) => {
        signal.throwIfAborted();
        this.#requireAlive(cause);
        return null;
      });
      if (reply !== null) {
        this.#heardAt = this.#world.now();
        if (reply.status === 200) return reply.body;
        if (reply.status === 429) onPushBack?.();
        else if (!mayPass(reply.status) || ++failures >= mostFailures) throw this.#failure(reply, what);
      }
      await this.#world.sleep(reply?.retryAfterMs ?? backoffMs(attempt, this.#world.random()), signal);
    }
  }

  /** A signal that fires after so many milliseconds, unless `done` is called. */
  within(limitMs: number): { readonly signal: AbortSignal; readonly done: () => void } {
    const over = new AbortController();
    const done = new AbortController();
    void this.#world.sleep(limitMs, done.signal).then(() => over.abort(new Error(`no answer in ${limitMs / 1000} s`)));
    return { signal: over.signal, done: () => done.abort() };
  }

  /** A reply of status 200 that is not what it should be. */
  foreign(what: string, cause?: unknown): PretrainZeroError {
    return new PretrainZeroError('ENGINE_FAILED', `${this.url} ${what}`, {}, cause);
  }

  #headers(): Record<string, string> {
    return this.#apiKey === null ? {} : { Authorization: `Bearer ${this.#apiKey}` };
  }

  #requireAlive(cause: unknown): void {
    const silentMs = this.#world.now() - this.#heardAt;
    if (silentMs > patienceMs) throw new PretrainZeroError('ENGINE_UNREACHABLE', `${this.url} has not answered for ${Math.round(silentMs / 1000)} s: ${reasonOf(cause)}`, { key: 'engine.rollouts.url' }, cause);
  }

  #failure({ status, body }: HttpReply, what: string): PretrainZeroError {
    const reason = reasonIn(body);
    const told = (this.#apiKey === null ? reason : reason.replaceAll(this.#apiKey, '[secret]')).slice(0, longestReason);
    const text = `${this.url} answered ${status} to ${what}: ${told}`;
    if (/out of memory/iu.test(reason)) return new PretrainZeroError('OUT_OF_MEMORY', text);
    if (status === 401 || status === 403) return new PretrainZeroError('ENGINE_REFUSED', text, { key: 'engine.rollouts.apiKey' });
    return new PretrainZeroError(status >= 400 && status < 500 && !mayPass(status) ? 'ENGINE_REFUSED' : 'ENGINE_FAILED', text, { key: 'engine.rollouts' });
  }
}

/** 501 is for good: the server has no such thing. */
function mayPass(status: number): boolean {
  return status === 408 || status === 425 || (status >= 500 && status !== 501);
}
