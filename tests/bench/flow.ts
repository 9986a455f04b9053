/**
 * What the dataflow itself costs, with an engine that answers at once. Out: a step's time split into engine, flow and log; rollouts a
 * second of the flow alone; memory after 100 and after 500 steps. Sizes are the quickstart's: 8 x 8 x 8, short answers.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { seedOf } from '../../operators/flow/seeds.ts';
import type { Engine } from '../../operators/ports/engine.ts';
import type { RunStore } from '../../operators/ports/run-store.ts';
import type { Tokenizer } from '../../operators/ports/tokenizer.ts';
import { launch } from '../../pipelines/launch.ts';
import type { StepTiming } from '../../schemas/records/step-timing.ts';
import { stubConfig } from '../stub-config.ts';
import { createStubParagraphSource } from '../stub-paragraph-source.ts';
import { createStubTokenizer } from '../stub-tokenizer.ts';
import type { BenchRow } from './bench-row.ts';

const steps = 500;
const rolloutsPerStep = 8 * 8 + 8 * 8 * 8;

export async function benchFlow(): Promise<BenchRow[]> {
  const alone = await measure('memory');
  const logged = await measure('folder');
  const perStep = (of: keyof StepTiming, timings: readonly StepTiming[]): number => median(timings.slice(20).map((timing) => timing[of]));
  const flowMs = perStep('flowMs', alone.timings);
  return [
    { name: 'flow, a step', value: flowMs, unit: 'ms', note: `${rolloutsPerStep} rollouts, median of ${steps} steps` },
    { name: 'flow, rollouts', value: (1000 * rolloutsPerStep) / flowMs, unit: '/s' },
    { name: 'engine (stub), a step', value: perStep('generateMs', alone.timings) + perStep('trainMs', alone.timings), unit: 'ms' },
    { name: 'log, a step', value: perStep('logMs', logged.timings), unit: 'ms', note: 'Parquet parts and manifest, fsynced' },
    { name: 'memory after 100 steps', value: logged.bytesAt100 / 2 ** 20, unit: 'MiB', note: 'heap and buffers in use, with the log' },
    { name: 'memory after 500 steps', value: logged.bytesAtEnd / 2 ** 20, unit: 'MiB' },
  ];
}

interface Measured {
  readonly timings: readonly StepTiming[];
  readonly bytesAt100: number;
  readonly bytesAtEnd: number;
}

/** @param log whether steps are written to a run's folder, or nowhere. */
async function measure(log: 'memory' | 'folder'): Promise<Measured> {
  const directory = await mkdtemp(join(tmpdir(), 'pretrainzero-bench-'));
  const collectGarbage = garbageCollector();
  const timings: StepTiming[] = [];
  let bytesAt100 = 0;
  try {
    const tokenizer = createStubTokenizer();
    const config = stubConfig({
      run: { steps, checkpointEvery: steps },
      rollouts: { paragraphsPerStep: 8, masksPerParagraph: 8, predictionsPerMask: 8 },
    });
    const parts = { tokenizer, engine: quickEngine(tokenizer), source: createStubParagraphSource(), heldOut: { cloze: [], probe: [] } };
    const run = launch(config, { directory: join(directory, 'run'), parts: log === 'memory' ? { ...parts, store: forgetfulStore } : parts });
    run.events.subscribe((event) => {
      if (event.type !== 'step-done') return;
      timings.push(event.timing);
      if (event.step === 100) bytesAt100 = bytesInUse(collectGarbage);
    });
    await run.done;
    return { timings, bytesAt100, bytesAtEnd: bytesInUse(collectGarbage) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Masks the word "river"; predicts it in half of the cases. Keeps nothing. */
function quickEngine(tokenizer: Tokenizer): Engine {
  const [mask, right, wrong] = [' \\mask{river}', ' \\boxed{river}', ' \\boxed{lake}'].map((text) => {
    const tokens = [...tokenizer.encode(text), tokenizer.stopTokens[0]!];
    return { tokens, logprobs: tokens.map(() => -1), finishReason: 'stop' as const };
  });
  let version = 0;
  return {
    info: { backend: 'stub', reason: 'a bench asked for it', threads: 1, parameters: 0, trainedParameters: 0, vocabularySize: 259, maxPositions: 1e6, recomputesActivations: false },
    version: () => version,
    generate: ({ groups }) => {
      const asksMask = !tokenizer.decode(groups[0]!.promptTokens).includes('[mask]');
      const samples = groups.map((group) => group.seeds.map((seed) => (asksMask ? mask! : seedOf(seed, 'right') % 2 === 0 ? right! : wrong!)));
      return Promise.resolve({ samples, policyVersion: version });
    },
    score: () => Promise.resolve([]),
    entropies: () => Promise.resolve([]),
    accumulate: ({ groups }) => {
      const responseTokens = groups.reduce((sum, group) => sum + group.responses.reduce((own, response) => own + response.tokens.length, 0), 0);
      const clips = { clippedLowTokens: 0, clippedHighTokens: 0, cappedTokens: 0 };
      const tokens = { responseTokens, tokensComputed: responseTokens, tokensInRows: responseTokens };
      return Promise.resolve({ loss: 0, ...tokens, ...clips, ratioSum: responseTokens, entropySum: 0, logprobDriftSum: 0, logprobDriftMax: 0, notFinite: [] });
    },
    step: () => Promise.resolve({ gradientNorm: 1, updateNorm: 1, policyVersion: ++version }),
    discard: () => Promise.resolve(),
    save: () => Promise.resolve(),
    load: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

const forgetfulStore: RunStore = {
  directory: 'nowhere',
  commit: () => Promise.resolve(),
  recordTiming: () => Promise.resolve(),
  resumePoint: () => Promise.resolve({ step: 0, checkpointDirectory: null, corpusPosition: null, pending: [], pendingLetters: [] }),
  close: () => Promise.resolve(),
};

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

function bytesInUse(collectGarbage: () => void): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
