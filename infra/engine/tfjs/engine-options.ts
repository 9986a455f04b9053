import type { AdapterConfig } from '../model-files/adapter/adapter-config.ts';
import type { BackendName } from './backend/open-backend.ts';
import type { AdamWOptions } from './training/adamw.ts';

/** A plain value: it goes to the engine's worker thread as it is. */
export interface TfjsEngineOptions {
  /** Hugging Face folder of the base model, or its GGUF file. Its tokenizer goes into every checkpoint. */
  readonly modelDirectory: string;
  /** `auto` takes the best that loads of node-gpu, node and wasm. */
  readonly backend: BackendName | 'auto';
  /** 0 takes all cores. */
  readonly threads: number;
  /** Samples decoded together. */
  readonly maxRowsPerBatch: number;
  /** Training keeps of each layer its input alone and computes the rest again on the way back: less memory, more work, the same bits on WebAssembly. */
  readonly recomputeActivations: boolean;
  readonly optimiser: AdamWOptions;
  /** Trains an adapter and leaves the base model as it is. @default null, which trains all weights */
  readonly lora?: LoraOptions | null;
  /** Whether the model gets a value head. @default false */
  readonly critic?: boolean;
}

export interface LoraOptions extends AdapterConfig {
  /** Of A's first values; a safe integer of 0 or more. */
  readonly seed: number;
}
