/** What is measured of a model. In: its name. Out: measurements with their sizes. Nothing can go wrong. */
import type { Figures } from './contender.ts';
import type { JobWork } from './job.ts';
import { benchModels, flopsPerPosition, headFlops, type ModelName } from './models.ts';
import { packedWorkload, samplingWorkload, stepWorkload, unpackedWorkload, type Workload } from './workload.ts';

export type MeasureName = 'step' | 'sampling' | 'training' | 'arithmetic';

export interface Measurement {
  readonly measure: MeasureName;
  readonly title: string;
  readonly work: JobWork;
  readonly unit: 's' | 'tokens/s' | 'GFLOP/s';
  /** What one round does, in the unit's numerator; null where the unit is seconds. */
  readonly amount: number | null;
  /** What each contender's rounds must tell, where they tell it. */
  readonly expected: Figures;
  /** Multiplications and additions of a round that computes so many positions; null where they are not told. */
  readonly flops: ((positions: number) => number) | null;
  readonly rounds: number;
}

/** Chosen so that a step of the slowest contender takes a minute or two. */
const sizes: Readonly<Record<ModelName, { readonly paragraphs: number; readonly microBatchRows: number; readonly rounds: number }>> = {
  '5m': { paragraphs: 2, microBatchRows: 24, rounds: 5 },
  '135m': { paragraphs: 1, microBatchRows: 8, rounds: 3 },
};

const matrixSize = 2048;

export function measurementsOf(model: ModelName): Measurement[] {
  const { vocabularySize } = benchModels[model];
  const { paragraphs, microBatchRows, rounds } = sizes[model];
  return [
    stepMeasurement(stepWorkload(vocabularySize, paragraphs, microBatchRows), rounds),
    ...[[1, 1] as const, [4, 8] as const, [32, 1] as const].map(([prompts, samples]) => samplingMeasurement(samplingWorkload(vocabularySize, prompts, samples), rounds)),
    trainingMeasurement(model, '8 rows, unpacked', unpackedWorkload(vocabularySize, 8, Math.min(8, microBatchRows)), rounds),
    trainingMeasurement(model, '8 × 8 rows of one paragraph', packedWorkload(vocabularySize, Math.min(16, microBatchRows)), rounds),
  ];
}

/** Needs no model, and is measured once. */
export function sgemmMeasurement(): Measurement {
  const work = { kind: 'sgemm', size: matrixSize } as const;
  const title = `product of two ${matrixSize} × ${matrixSize} matrices`;
  return { measure: 'arithmetic', title, work, unit: 'GFLOP/s', amount: (2 * matrixSize ** 3) / 1e9, expected: {}, flops: null, rounds: 5 };
}

function stepMeasurement(workload: Workload['step'], rounds: number): Measurement {
  const rollouts = (workload.maskPrompts.length + workload.predictionPrompts.length) * workload.samplesPerPrompt;
  const title = `step of ${rollouts} rollouts, ${workload.maskPrompts[0]!.length} + ${workload.newTokens} tokens`;
  return { measure: 'step', title, work: { kind: 'step', workload }, unit: 's', amount: null, expected: { rollouts, newTokens: rollouts * workload.newTokens }, flops: null, rounds };
}

function samplingMeasurement(workload: Workload['sampling'], rounds: number): Measurement {
  const { prompts, samplesPerPrompt, newTokens } = workload;
  const tokens = prompts.length * samplesPerPrompt * newTokens;
  const title = `sampling, ${prompts.length} × ${samplesPerPrompt}, ${prompts[0]!.length} + ${newTokens} tokens`;
  return { measure: 'sampling', title, work: { kind: 'sampling', workload }, unit: 'tokens/s', amount: tokens, expected: { newTokens: tokens }, flops: null, rounds };
}

function trainingMeasurement(model: ModelName, rowsTitle: string, workload: Workload['training'], rounds: number): Measurement {
  const rows = workload.groups.flatMap(({ promptTokens, responses }) => responses.map((tokens) => ({ length: promptTokens.length + tokens.length, predicted: tokens.length })));
  const predicted = rows.reduce((sum, row) => sum + row.predicted, 0);
  return {
    measure: 'training',
    title: `training, ${rowsTitle}, ${rows[0]!.length} tokens each`,
    work: { kind: 'training', workload },
    unit: 'tokens/s',
    amount: rows.reduce((sum, { length }) => sum + length, 0),
    expected: { tokensInRows: rows.reduce((sum, { length }) => sum + length - 1, 0) },
    flops: (positions) => 3 * (positions * flopsPerPosition(benchModels[model]) + predicted * headFlops(benchModels[model])),
    rounds,
  };
}
