/** What computes behind a fake server. */
import type { Sample } from '../../../../../operators/ports/engine.ts';
import type { ReadPass } from './decode-model-pass.ts';

export interface FakeSampling {
  readonly promptTokens: readonly number[];
  readonly seeds: readonly number[];
  readonly maxTokens: number;
  readonly stopTokens: readonly number[];
  readonly temperature: number;
}

/** One model with its adapter and optimiser. */
export interface FakeModel {
  sample(asked: FakeSampling): Promise<readonly Sample[]>;
  /** Of all targets of each datum. */
  logprobs(pass: ReadPass): Promise<readonly (readonly number[])[]>;
  /** @returns the gradient's norm */
  step(pending: readonly ReadPass[], learningRate: number): Promise<number>;
  save(directory: string): Promise<void>;
  load(directory: string): Promise<void>;
  close(): Promise<void>;
}

export type OpenFakeModel = (lora: { readonly rank: number; readonly seed: number }) => Promise<FakeModel>;
