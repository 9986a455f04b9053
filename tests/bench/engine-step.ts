/**
 * What one PretrainZero-like step costs in the TensorFlow.js engine. In: nothing, `--json`, `--threads N`, `--steps N`. Out: seconds of each part of the
 * step, and tokens/s of cross-entropy training. The model: vocabulary 2048, width 128, 4 layers, 4 heads, 2 key heads, FFN 344. Wrong: what the engine throws.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { initialiseModel } from '../../infra/engine/model-files/initialise-model.ts';
import type { ModelConfig } from '../../infra/engine/model-files/model-config.ts';
import { writeModelFolder } from '../../infra/engine/model-files/write-model-folder.ts';
import { createTfjsEngine } from '../../infra/engine/tfjs/create-tfjs-engine.ts';
import type { Engine, Sample, TrainingGroup } from '../../operators/ports/engine.ts';

const config: ModelConfig = {
  architecture: 'llama',
  vocabularySize: 2048,
  width: 128,
  layers: 4,
  heads: 4,
  kvHeads: 2,
  headDim: 32,
  ffnWidth: 344,
  rmsNormEps: 1e-5,
  ropeTheta: 10_000,
  ropeScaling: null,
  maxPositions: 1024,
  tiedEmbeddings: true,
  qkNorm: false,
  attentionBias: false,
  experts: null,
  slidingWindow: null,
  fullAttentionLayers: [],
  noRopeLayers: [],
  bosToken: 0,
  eosTokens: [0],
};
const promptTokens = 150;
const samplesPerGroup = 8;

const { values: flags } = parseArgs({ options: { json: { type: 'boolean' }, threads: { type: 'string' }, steps: { type: 'string' } } });

const folder = await mkdtemp(join(tmpdir(), 'pretrainzero-bench-'));
await writeModelFolder(folder, { config, weights: initialiseModel(config, 1) });
const engine = await createTfjsEngine({
  modelDirectory: folder,
  backend: 'wasm',
  threads: Number(flags.threads ?? 0),
  maxRowsPerBatch: 512,
  recomputeActivations: false,
  optimiser: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
});
const steps: Record<string, number>[] = [];
for (let step = 0; step < Number(flags.steps ?? 3); step++) steps.push(await pretrainZeroStep(engine, step));
const pretrainingTokensPerSecond = await crossEntropyThroughput(engine);
await engine.close();
await rm(folder, { recursive: true });

const best = steps.reduce((a, b) => (a.seconds! <= b.seconds! ? a : b));
const figures = { backend: engine.info.backend, threads: engine.info.threads, ...best, pretrainingTokensPerSecond };
if (flags.json === true) console.log(JSON.stringify(figures));
else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(30)} ${typeof value === 'number' ? Math.round(value * 1000) / 1000 : value}`);

/** Seconds of each part; the quickest of several steps is the one least disturbed. */
async function pretrainZeroStep(on: Engine, step: number): Promise<Record<string, number>> {
  const start = performance.now();
  const processor = process.cpuUsage();
  const masks = await sample(on, 8, 12, step);
  const masksDone = performance.now();
  const predictions = await sample(on, 64, 10, step + 1000);
  const predictionsDone = performance.now();
  const groups = [...masks, ...predictions].filter((_, i) => i % 2 === 0);
  const stepTokens = groups.flatMap((group) => group.responses).reduce((sum, { tokens }) => sum + tokens.length, 0);
  const report = await on.accumulate({
    groups,
    stepTokens,
    loss: { kind: 'grpo', clipLow: 0.2, clipHigh: 0.28, ratioCap: 2, temperature: 1 },
  });
  const accumulated = performance.now();
  await on.step({ learningRate: 1e-4, gradientClip: 1 });
  const end = performance.now();
  const { user, system } = process.cpuUsage(processor);
  return {
    seconds: (end - start) / 1000,
    processorSeconds: (user + system) / 1e6,
    maskSeconds: (masksDone - start) / 1000,
    predictionSeconds: (predictionsDone - masksDone) / 1000,
    trainingSeconds: (accumulated - predictionsDone) / 1000,
    updateSeconds: (end - accumulated) / 1000,
    trainedTokens: report.tokensComputed,
    largestDrift: report.logprobDriftMax,
  };
}

/** Stop tokens are left out, so every sample has the full length. */
async function sample(on: Engine, prompts: number, maxNewTokens: number, seed: number): Promise<TrainingGroup[]> {
  const groups = Array.from({ length: prompts }, (_, p) => ({
    promptTokens: Array.from({ length: promptTokens }, (_, i) => (i * 131 + p * 17 + seed * 7 + 1) % config.vocabularySize),
    seeds: Array.from({ length: samplesPerGroup }, (_, i) => seed * 10_000 + p * 100 + i),
  }));
  const { samples } = await on.generate({ groups, maxNewTokens, temperature: 1, stopTokens: [] });
  return groups.map((group, g) => ({ promptTokens: group.promptTokens, responses: samples[g]!.map((s, i) => trainable(s, `${g}/${i}`, i)) }));
}

function trainable({ tokens, logprobs }: Sample, id: string, index: number): TrainingGroup['responses'][number] {
  return { id, tokens, logprobs, advantage: index % 2 === 0 ? 1 : -1 };
}

async function crossEntropyThroughput(on: Engine): Promise<number> {
  const groups = Array.from({ length: 64 }, (_, p) => {
    const tokens = Array.from({ length: 127 }, (_, i) => (i * 37 + p * 11) % config.vocabularySize);
    return { promptTokens: [0], responses: [{ id: String(p), tokens, logprobs: [], advantage: 1 }] };
  });
  const start = performance.now();
  await on.accumulate({ groups, loss: { kind: 'cross-entropy' }, stepTokens: 64 * 127 });
  await on.step({ learningRate: 1e-3, gradientClip: 1 });
  return (64 * 127) / ((performance.now() - start) / 1000);
}
