/**
 * What the client of a Tinker server costs: a step of 2304 rollouts of 1,000 tokens (32 paragraphs, 8 masks each, 8 predictions a mask) against a server that computes nothing. Out: processor time of this process, all its threads, the
 * least of the rounds, by call and as a share of a step's time as docs/large-models.md estimates it for Qwen3-4B on eight H100. The client reads samples while the server goes on sampling, but a server waits for what is to be
 * trained: what it waits for has a row of its own. Wrong: what the engine throws.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initialiseModel } from '../../../infra/engine/model-files/initialise-model.ts';
import type { ModelConfig } from '../../../infra/engine/model-files/model-config.ts';
import { writeModelFolder } from '../../../infra/engine/model-files/write-model-folder.ts';
import { createTinkerEngine } from '../../../infra/engine/tinker/create-tinker-engine.ts';
import type { Engine, SamplingGroup, TrainingGroup } from '../../../operators/ports/engine.ts';
import { planMicroBatches } from '../../../operators/training/plan-micro-batches.ts';

export interface TinkerRow {
  readonly call: string;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly shareOfStep: string;
}

const paragraphs = 32;
const masks = 8;
const predictions = 8;
const promptTokens = 512;
const responseTokens = 1000;
const tokensPerMicroBatch = 131_072;
const rollouts = paragraphs * masks * (1 + predictions);
/** Sampling 58 s, training 26 s. */
const stepSeconds = 84;
const rounds = 2;

const config: ModelConfig = {
  ...{ architecture: 'llama', vocabularySize: 152_000, width: 8, layers: 1, heads: 1, kvHeads: 1, headDim: 8, ffnWidth: 8, rmsNormEps: 1e-5, ropeTheta: 10_000, ropeScaling: null, maxPositions: 8192 },
  ...{ tiedEmbeddings: true, qkNorm: false, attentionBias: false, experts: null, slidingWindow: null, fullAttentionLayers: [], noRopeLayers: [], bosToken: null, eosTokens: [0] },
};

export async function benchTinker(): Promise<TinkerRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pretrainzero-bench-tinker-'));
  await writeModelFolder(folder, { config, weights: initialiseModel(config, 1) });
  const server = fork(new URL('./canned-server.js', import.meta.url), [join(folder, 'checkpoints')]);
  try {
    const [url] = (await once(server, 'message')) as [string];
    return await measure(folder, url);
  } finally {
    server.disconnect();
    await once(server, 'exit');
    await rm(folder, { recursive: true });
  }
}

async function measure(modelDirectory: string, url: string): Promise<TinkerRow[]> {
  const optimiser = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 };
  const engine = await createTinkerEngine({ modelDirectory, url, apiKey: null, backend: 'fsdp', model: 'canned', lora: null, seed: 1, maxRows: rollouts, optimiser, keepStates: 1 });
  await engine.generate({ groups: [group(0, 1)], maxNewTokens: 1, temperature: 1, stopTokens: [] }); // opens model and sampler
  const asked = [...Array.from({ length: paragraphs }, (_, i) => group(i, masks)), ...Array.from({ length: paragraphs * masks }, (_, i) => group(1000 + i, predictions))];
  const all: TinkerRow[][] = [];
  for (let round = 0; round < rounds; round++) all.push(await measureStep(engine, asked));
  await engine.close();
  const rows = all[0]!.map((_, call) => all.map((ofRound) => ofRound[call]!).reduce((least, row) => (row.cpuSeconds < least.cpuSeconds ? row : least)));
  const waited = rows.slice(1);
  return [...rows, sumOf('that the server waits for', waited), sumOf(`all, of a step of ${stepSeconds} s`, rows)];
}

async function measureStep(engine: Engine, asked: readonly SamplingGroup[]): Promise<TinkerRow[]> {
  const rows: TinkerRow[] = [];
  const { samples } = await timed(rows, 'generate', () => engine.generate({ groups: asked, maxNewTokens: responseTokens, temperature: 1, stopTokens: [] }));
  const groups = asked.map(({ promptTokens: prompt }, g): TrainingGroup => ({ promptTokens: prompt, responses: samples[g]!.map(({ tokens, logprobs }, r) => ({ id: `${g}/${r}`, tokens, logprobs, advantage: r % 2 === 0 ? 1 : -1 })) }));
  const loss = { kind: 'grpo', clipLow: 0.2, clipHigh: 0.28, ratioCap: 2, temperature: 1 } as const;
  const microBatches = planMicroBatches(groups, tokensPerMicroBatch);
  await timed(rows, `accumulate, ${microBatches.length} requests`, async () => {
    for (const microBatch of microBatches) await engine.accumulate({ groups: microBatch, loss, stepTokens: rollouts * responseTokens, stepResponses: rollouts });
  });
  await timed(rows, 'step', () => engine.step({ learningRate: 1e-6, gradientClip: 1 }));
  return rows;
}

function sumOf(call: string, rows: readonly TinkerRow[]): TinkerRow {
  return rowOf(call, rows.reduce((sum, row) => sum + row.cpuSeconds, 0), rows.reduce((sum, row) => sum + row.wallSeconds, 0));
}

function group(from: number, samples: number): SamplingGroup {
  return { promptTokens: Array.from({ length: promptTokens }, (_, i) => (from * 31 + i * 17) % 151_000), seeds: Array.from({ length: samples }, (_, i) => from * 100 + i) };
}

async function timed<T>(rows: TinkerRow[], call: string, work: () => Promise<T>): Promise<T> {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  rows.push(rowOf(call, (user + system) / 1e6, (performance.now() - wall) / 1000));
  return result;
}

function rowOf(call: string, cpuSeconds: number, wallSeconds: number): TinkerRow {
  return { call, cpuSeconds: rounded(cpuSeconds), wallSeconds: rounded(wallSeconds), shareOfStep: `${((100 * cpuSeconds) / stepSeconds).toFixed(2)}%` };
}

const rounded = (value: number): number => Math.round(100 * value) / 100;
