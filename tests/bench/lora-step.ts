/**
 * What an adapter costs and saves beside full fine-tuning, in one thread on WebAssembly. In: nothing, `--steps N`, `--width N`, `--only full|lora`, `--json`. Out: milliseconds of processor time of a training pass,
 * of a decoding batch and of an update, the least of steps that take turns, and MiB of the process at its peak where only one is asked for. Wrong: what the engine throws.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { adapterTargets } from '../../infra/engine/model-files/adapter/adapter-config.ts';
import { initialiseModel } from '../../infra/engine/model-files/initialise-model.ts';
import type { ModelConfig } from '../../infra/engine/model-files/model-config.ts';
import { writeModelFolder } from '../../infra/engine/model-files/write-model-folder.ts';
import { TfjsEngine } from '../../infra/engine/tfjs/tfjs-engine.ts';

const { values: flags } = parseArgs({ options: { json: { type: 'boolean' }, steps: { type: 'string' }, width: { type: 'string' }, only: { type: 'string' } } });
const width = Number(flags.width ?? 384);
const config: ModelConfig = {
  ...{ architecture: 'llama', vocabularySize: 4096, width, layers: 6, heads: width / 64, kvHeads: width / 128, headDim: 64, ffnWidth: Math.round(2.67 * width), rmsNormEps: 1e-5, ropeTheta: 10_000 },
  ...{ ropeScaling: null, maxPositions: 1024, tiedEmbeddings: true, qkNorm: false, attentionBias: false, experts: null, slidingWindow: null, fullAttentionLayers: [], noRopeLayers: [], bosToken: 0, eosTokens: [0] },
};
const lora = { rank: 8, alpha: 16, targets: adapterTargets, seed: 1 };
const tokens = (length: number, start: number): number[] => Array.from({ length }, (_, i) => (i * 37 + start * 11) % config.vocabularySize);
const groups = Array.from({ length: 4 }, (_, g) => ({ promptTokens: tokens(128, g), responses: [{ id: String(g), tokens: tokens(128, g + 9), logprobs: [], advantage: 1 }] }));
const sampling = { groups: [{ promptTokens: tokens(64, 1), seeds: Array.from({ length: 16 }, (_, i) => i) }], maxNewTokens: 12, temperature: 1, stopTokens: [] };

const folder = await mkdtemp(join(tmpdir(), 'pretrainzero-bench-'));
await writeModelFolder(folder, { config, weights: initialiseModel(config, 1) });
const best = new Map<string, { passMs: number; decodeMs: number; updateMs: number }>();
const engines: [string, TfjsEngine][] = [];
for (const name of ['full', 'lora'].filter((each) => flags.only === undefined || flags.only === each)) {
  const options = { modelDirectory: folder, backend: 'wasm' as const, threads: 1, maxRowsPerBatch: 64, recomputeActivations: false, optimiser: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 } };
  engines.push([name, await TfjsEngine.open({ ...options, lora: name === 'lora' ? lora : null })]);
  best.set(name, { passMs: Infinity, decodeMs: Infinity, updateMs: Infinity });
}
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
};
for (let step = 0; step < Number(flags.steps ?? 3) + 1; step++) {
  for (const [name, engine] of engines) {
    const decodeMs = await timed(() => engine.generate(sampling));
    const passMs = await timed(() => engine.accumulate({ groups, loss: { kind: 'cross-entropy' }, stepTokens: 512 }));
    const updateMs = await timed(() => engine.step({ learningRate: 1e-4, gradientClip: 1 }));
    const before = best.get(name)!;
    best.set(name, { passMs: Math.min(before.passMs, passMs), decodeMs: Math.min(before.decodeMs, decodeMs), updateMs: Math.min(before.updateMs, updateMs) });
  }
}
const peak = flags.only === undefined ? {} : { peakMiB: Math.round(process.resourceUsage().maxRSS / 1024) };
const figures = engines.map(([name, { info }]) => ({ name, parameters: info.parameters, trained: info.trainedParameters, ...best.get(name)!, ...peak }));
for (const [, engine] of engines) await engine.close();
await rm(folder, { recursive: true });
if (flags.json === true) console.log(JSON.stringify(figures));
else console.table(figures);
