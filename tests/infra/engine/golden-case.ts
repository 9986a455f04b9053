import { readFile } from 'node:fs/promises';
import type { Weights } from '../../../infra/engine/model-files/host-tensor.ts';
import { readSafetensors } from '../../../infra/engine/model-files/read-safetensors.ts';
import type { AccumulateReport, TrainingGroup } from '../../../operators/ports/engine.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';

export type GoldenFigures = Omit<AccumulateReport, 'tokensComputed' | 'tokensInRows' | 'notFinite'>;

export interface GoldenStep {
  readonly learningRate: number;
  readonly gradientNorm: number; // before clipping to 1
  readonly updateNorm: number;
}

/** What tests/fixtures/make-golden.py writes of one model (`case.json`). */
export interface GoldenCase {
  readonly inputIds: readonly (readonly number[])[];
  /** The most likely continuation of each row of `inputIds`. */
  readonly greedy: readonly { readonly tokens: readonly number[]; readonly logprobs: readonly number[] }[];
  readonly groups: readonly TrainingGroup[];
  readonly clipLow: number;
  readonly clipHigh: number;
  readonly grpo: GoldenFigures;
  readonly crossEntropyLoss: number;
  /** The loss at another temperature with the ratio capped; log-probabilities response by response. */
  readonly capped?: {
    readonly temperature: number;
    readonly ratioCap: number;
    readonly logprobs: readonly (readonly number[])[];
    readonly figures: GoldenFigures;
  };
  /** Cross-entropy of the long group, and of each weight's gradient g the norm and sum_i g_i sin(i + 1). */
  readonly long: { readonly loss: number; readonly gradients: Readonly<Record<string, { readonly norm: number; readonly projection: number }>> };
  readonly steps: readonly GoldenStep[];
}

export async function readGoldenCase(model: string): Promise<GoldenCase> {
  return JSON.parse(await readFile(fixturePath('golden', model, 'case.json'), 'utf8')) as GoldenCase;
}

export async function readGoldenTensors(model: string, file: string): Promise<Weights> {
  return (await readSafetensors(fixturePath('golden', model, `${file}.safetensors`))).tensors;
}

export async function readLongGroup(): Promise<TrainingGroup> {
  const { promptTokens, responses } = JSON.parse(await readFile(fixturePath('golden', 'long-group.json'), 'utf8')) as LongGroup;
  return { promptTokens, responses: responses.map((tokens, i) => ({ id: String(i), tokens, logprobs: tokens.map(() => 0), advantage: 1 })) };
}

interface LongGroup {
  readonly promptTokens: readonly number[];
  readonly responses: readonly (readonly number[])[];
}
