import type { TokenGroup, Workload } from './workload.ts';

/** What one process is to measure: a plain value, which it reads from the file that it is given. */
export interface Job {
  /** Hugging Face folder. */
  readonly model: string;
  /** The same weights for llama.cpp; null where it is not measured. */
  readonly gguf: string | null;
  readonly backend: 'node' | 'wasm' | 'webgpu' | null; // of our engine
  readonly device: 'cpu' | 'cuda'; // of PyTorch
  readonly threads: number;
  readonly work: JobWork;
}

export type JobWork =
  | { readonly kind: 'check'; readonly groups: readonly TokenGroup[]; readonly greedyTokens: number }
  | { readonly kind: 'step'; readonly workload: Workload['step'] }
  | { readonly kind: 'sampling'; readonly workload: Workload['sampling'] }
  | { readonly kind: 'training'; readonly workload: Workload['training'] }
  /** Products of two square matrices. */
  | { readonly kind: 'sgemm'; readonly size: number };

export type JobOf<Kind extends JobWork['kind']> = Job & { readonly work: Extract<JobWork, { kind: Kind }> };
