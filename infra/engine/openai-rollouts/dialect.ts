/** What differs from server to server in how samples are asked for. */

export interface SampleQuestion {
  readonly model: string;
  readonly promptTokens: readonly number[];
  readonly samples: number;
  /** Of the first sample, below 2^30. */
  readonly seed: number;
  readonly maxTokens: number;
  /** 0 is greedy. */
  readonly temperature: number;
  readonly stopTokens: readonly number[];
}

/** A sample as the server gives it. */
export interface Drawn {
  readonly tokens: readonly number[];
  /** Of each token; NaN where the server does not tell. */
  readonly logprobs: readonly number[];
  /** Whether it is as long as was asked for. */
  readonly ended: 'length' | 'stop';
}

export interface Dialect {
  /** Whether samples of one request get seeds of their own, the first one's counted on: then those of a prompt are one request. */
  readonly manyAtOnce: boolean;
  readonly path: string;
  /** Says all that changes what is drawn: token ids for a prompt, and no sampler but the temperature. */
  readonly body: (question: SampleQuestion) => Readonly<Record<string, unknown>>;
  /** @returns the samples in order @throws what zod throws where the reply is something else */
  readonly read: (reply: unknown) => Drawn[];
}
