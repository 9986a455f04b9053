import type { BackendName } from './backend/open-backend.ts';
import type { AdamWOptions } from './training/adamw.ts';

/** A plain value: it goes to the engine's worker thread as it is. */
export interface TfjsEngineOptions {
  /** Hugging Face folder of the base model, or its GGUF file. Its tokenizer goes into every checkpoint. */
  readonly modelDirectory: string;
  /** `auto` takes the best that loads. */
  readonly backend: BackendName | 'auto';
  /** 0 takes all cores. */
  readonly threads: number;
  /** Samples decoded together. */
  readonly maxRowsPerBatch: number;
  readonly optimiser: AdamWOptions;
}
