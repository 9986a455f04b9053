/** A plain value: where rollouts are sampled, and how that server comes by the weights. */

/** Whose completions: they name token ids and log-probabilities differently, and load weights differently. */
export type RolloutServer = 'vllm' | 'sglang' | 'llama-cpp';

export interface RolloutsOptions {
  /** Of the server, without `/v1`. */
  readonly url: string;
  readonly apiKey: string | null;
  readonly server: RolloutServer;
  /** The base model as the server names it. */
  readonly model: string;
  /** Samples in flight. */
  readonly maxRows: number;
  /** Null: the server keeps the weights that it was started with, which are version 0. */
  readonly weights: WeightsOptions | null;
}

export interface WeightsOptions {
  /** Where each version is written; the server reads it under the same path. */
  readonly folder: string;
  /** Begins the name of each version. */
  readonly name: string;
  /** What a version is: an adapter, or all weights. */
  readonly kind: 'adapter' | 'all';
}
