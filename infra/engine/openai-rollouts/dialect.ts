/** What differs from server to server in `POST /v1/completions`. */
import type { RolloutServer } from './rollouts-options.ts';

/** A sample as the server gives it. */
export interface Drawn {
  readonly tokens: readonly number[];
  /** Of each token. */
  readonly logprobs: readonly number[];
  /** In the server's words; `stop` and `length` are known. */
  readonly finishReason: string;
}

export interface Dialect {
  /** Whether samples of one request get seeds of their own, the first one's counted on: then those of a prompt are one request. */
  readonly manyAtOnce: boolean;
  /** What a request says beside what all say: token ids wanted, and no sampler but the temperature. */
  readonly settings: (stopTokens: readonly number[]) => Readonly<Record<string, unknown>>;
  /** @param choice of the reply @throws what zod throws where it is something else */
  readonly read: (choice: unknown) => Drawn;
}

export type Dialects = Readonly<Record<RolloutServer, Dialect>>;
