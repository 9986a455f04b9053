/**
 * What the log costs. Out, for the quickstart's and the paper's size of a step: bytes a token on disk, how fast it is written, how much
 * processor it takes, and whether memory stays flat. Rollouts are random, with token frequencies after Zipf and log-probabilities as a
 * model gives them: most tokens near certain, a few not.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeProcesses } from '../../infra/checkpoints/node-processes.ts';
import { openRunStore } from '../../infra/checkpoints/open-run-store.ts';
import { verifyRun } from '../../infra/checkpoints/verify-run.ts';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import type { StepCommit } from '../../operators/ports/run-store.ts';
import { baseConfig } from '../base-config.ts';
import { sampleParagraph } from '../sample-paragraph.ts';
import { stepCommit } from '../step-commit.ts';

export interface LogBench {
  readonly size: string;
  readonly steps: number;
  readonly rolloutsPerStep: number;
  /** Prompt and response, every rollout's counted. */
  readonly tokensPerStep: number;
  readonly bytesPerToken: number;
  /** Values of token ids and log-probabilities taken in, as 4 bytes each. */
  readonly megabytesPerSecond: number;
  readonly msPerStep: number;
  /** Processor time over wall-clock time: the rest is waiting for the disk. */
  readonly processorShare: number;
  /** Growth of the heap from the second step to the last, after collection where node runs with --expose-gc. */
  readonly heapGrowthMegabytes: number;
  readonly peakRssMegabytes: number;
}

interface Size {
  readonly size: string;
  readonly steps: number;
  readonly paragraphs: number;
  readonly promptTokens: number;
  readonly responseTokens: number;
  readonly vocabulary: number;
}

const sizes: readonly Size[] = [
  { size: 'quickstart', steps: 40, paragraphs: 8, promptTokens: 100, responseTokens: 12, vocabulary: 4096 },
  { size: 'paper', steps: 3, paragraphs: 32, promptTokens: 400, responseTokens: 600, vocabulary: 150_000 },
];

export async function benchLog(): Promise<LogBench[]> {
  const results: LogBench[] = [];
  for (const size of sizes) results.push(await benchSize(size));
  return results;
}

const groupSize = 8;

async function benchSize(size: Size): Promise<LogBench> {
  const parent = await mkdtemp(join(tmpdir(), 'pretrainzero-bench-'));
  const directory = join(parent, 'run');
  const clock = { now: () => performance.now(), wallTime: () => Date.now() };
  const { log } = baseConfig();
  const opened = { directory, configText: '', resume: false, fileSystem: nodeFileSystem, clock, processes: nodeProcesses, log, keepCheckpoints: 1 };
  try {
    const { store } = await openRunStore(opened);
    const random = xorshift(1);
    let wallMs = 0;
    let processorMs = 0;
    let peakRss = 0;
    const heap: number[] = [];
    for (let step = 1; step <= size.steps; step++) {
      const commit = realisticCommit(step, size, random);
      const cpu = process.cpuUsage();
      const start = performance.now();
      await store.commit(commit, () => Promise.resolve());
      wallMs += performance.now() - start;
      const { user, system } = process.cpuUsage(cpu);
      processorMs += (user + system) / 1000;
      globalThis.gc?.();
      const { heapUsed, rss } = process.memoryUsage();
      heap.push(heapUsed);
      peakRss = Math.max(peakRss, rss);
    }
    await store.close();
    const { bytes } = await verifyRun(nodeFileSystem, directory);
    const rolloutsPerStep = size.paragraphs * groupSize * (1 + groupSize);
    const tokensPerStep = rolloutsPerStep * (size.promptTokens + size.responseTokens);
    const inputBytes = 4 * size.steps * (tokensPerStep + rolloutsPerStep * size.responseTokens);
    return {
      size: size.size,
      steps: size.steps,
      rolloutsPerStep,
      tokensPerStep,
      bytesPerToken: bytes / (tokensPerStep * size.steps),
      megabytesPerSecond: inputBytes / 1e6 / (wallMs / 1e3),
      msPerStep: wallMs / size.steps,
      processorShare: processorMs / wallMs,
      heapGrowthMegabytes: ((heap.at(-1) ?? 0) - (heap[1] ?? 0)) / 1e6,
      peakRssMegabytes: peakRss / 1e6,
    };
  } finally {
    await rm(parent, { recursive: true });
  }
}

type Random = () => number;

function realisticCommit(step: number, size: Size, random: Random): StepCommit {
  const template = stepCommit(1);
  const paragraphs = Array.from({ length: size.paragraphs }, (_, slot) => {
    const paragraph = sampleParagraph({ step, slot, text: words(size.promptTokens, random) });
    const of = { paragraphId: paragraph.id, step, slot };
    const prompts = Array.from({ length: 1 + groupSize }, () => tokens(size.promptTokens, size, random));
    const rollout = (promptTokens: number[], index: number, role: string) => ({
      ...of,
      id: `${paragraph.id}/${role}/${index}`,
      index: index % groupSize,
      seed: Math.floor(random() * 2 ** 32),
      policyVersion: step - 1,
      promptTemplate: 'short/1',
      promptTokens,
      responseTokens: tokens(size.responseTokens, size, random),
      logprobs: Array.from({ length: size.responseTokens }, () => Math.fround(-((-Math.log(1 - random())) ** 3) / 4)),
      finishReason: 'stop' as const,
      responseText: words(size.responseTokens, random),
      answer: words(2, random),
      answerStart: 3,
      answerEnd: 12,
      value: null,
      rejection: null,
    });
    const indices = Array.from({ length: groupSize }, (_, index) => index);
    return {
      paragraph,
      maskRollouts: indices.map((index) => ({ ...rollout(prompts[0]!, index, 'mask'), occurrences: 1, constraint: null })),
      passages: indices.map((maskIndex) => {
        const passage = { maskIndex, maskRolloutId: null, maskText: words(2, random), spanStarts: [7], text: paragraph.text };
        return { ...of, ...passage, id: `${paragraph.id}/passage/${maskIndex}` };
      }),
      predictions: indices.flatMap((maskIndex) =>
        indices.map((index) => {
          const own = { passageId: `${paragraph.id}/passage/${maskIndex}`, maskIndex, correct: random() < 0.4 };
          return { ...rollout(prompts[1 + maskIndex]!, maskIndex * groupSize + index, 'predict'), ...own };
        }),
      ),
      groups: [],
    };
  });
  return { ...template, step, paragraphs, report: { ...template.report, step }, pending: [], checkpoint: false };
}

/** Token ids with frequency ~ 1 / rank. */
function tokens(count: number, { vocabulary }: Size, random: Random): number[] {
  return Array.from({ length: count }, () => Math.floor(vocabulary ** random()));
}

function words(count: number, random: Random): string {
  return Array.from({ length: count }, () => `w${Math.floor(5000 ** random()).toString(36)}`).join(' ');
}

/** Marsaglia's xorshift32; uniform in [0, 1). */
function xorshift(seed: number): Random {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
