/** A plain value: what the engine over a Tinker server is made of. */
import type { AdapterConfig } from '../model-files/adapter/adapter-config.ts';

/** Who computes behind the protocol. Their losses reduce differently, and not all take every setting. */
export type TinkerBackend = 'jax' | 'fsdp' | 'megatron';

export interface TinkerEngineOptions {
  /** Local folder or GGUF file of the base model: its config says how many positions and tokens there are. */
  readonly modelDirectory: string;
  /** Of the server, without `/api/v1`. */
  readonly url: string;
  readonly apiKey: string | null;
  readonly backend: TinkerBackend;
  /** The base model as the server names it. */
  readonly model: string;
  /** Null trains all weights. */
  readonly lora: AdapterConfig | null;
  /** Of the adapter's first values, below 2^31. */
  readonly seed: number;
  /** Samples in flight. */
  readonly maxRows: number;
  readonly optimiser: { readonly beta1: number; readonly beta2: number; readonly epsilon: number; readonly weightDecay: number };
  /** States of this run that stay on the server, newest first. */
  readonly keepStates: number;
}
