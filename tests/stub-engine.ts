/**
 * A policy model for tests, without tensors. A response is a function of (weights, prompt, seed): by default a mask
 * prompt is answered with a word of the prompt, and a prompt with `[mask]` in it with the hidden text (where the stub saw the
 * paragraph before) or a wrong word. "Weights" are a hash of all that it was trained on, so a training difference shows.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawInt, seedOf, uniforms } from '../operators/flow/seeds.ts';
import type {
  AccumulateReport,
  AccumulateRequest,
  Engine,
  GenerateRequest,
  GenerateResult,
  Sample,
  SamplingGroup,
  StepRequest,
  TrainingGroup,
} from '../operators/ports/engine.ts';
import type { Tokenizer } from '../operators/ports/tokenizer.ts';
import { createStubTokenizer, stubVocabularySize } from './stub-tokenizer.ts';
import { rowTokens, treeTokens } from './tree-tokens.ts';

export interface StubPrompt {
  readonly prompt: string;
  readonly seed: number;
  /** Place of the sample within its prompt's samples. */
  readonly index: number;
  readonly temperature: number;
  /** uint32 that changes with every step. */
  readonly weights: number;
}

/** A response; a bare string stands for one that ends with the stop token. */
export type StubResponse = string | { readonly text: string; readonly finishReason?: 'stop' | 'length'; readonly logprobs?: readonly number[] };

export interface StubEngineOptions {
  /** Answers in place of the default; `undefined` falls back to the default. */
  readonly respond?: (prompt: StubPrompt) => StubResponse | undefined;
  /** @default the byte tokenizer of tests/stub-tokenizer.ts */
  readonly tokenizer?: Tokenizer;
  /** Probability that the default answer to a prediction prompt is right. @default 0.5 */
  readonly accuracy?: number;
  /** Texts known from the start, for pipelines without mask prompts. Mask prompts are remembered as they come. */
  readonly knows?: readonly string[];
  /** Awaited before a call is served, for example to delay or to fail it. */
  readonly before?: (call: keyof StubEngineCalls) => Promise<void> | void;
}

export interface StubEngineCalls {
  generate: number;
  score: number;
  entropies: number;
  accumulate: number;
  step: number;
  discard: number;
  save: number;
  load: number;
}

export interface StubEngine extends Engine {
  /** How often each method was called. */
  readonly calls: StubEngineCalls;
  /** Every request, in the order of calls. */
  readonly requests: { readonly generate: GenerateRequest[]; readonly accumulate: AccumulateRequest[]; readonly step: StepRequest[] };
  /** The current weights, a uint32. */
  weights(): number;
  /** The engine of another process, which begins anew: it has weights of its own; calls and requests are counted together, and what one has seen the other knows. */
  fork(): StubEngine;
}

const mostKnown = 512; // prompts remembered
const weightsFile = 'stub-weights.json';

/** What engines of several processes have in common. */
interface Shared extends Pick<StubEngine, 'calls' | 'requests'> {
  readonly known: string[];
}

export function createStubEngine(options: StubEngineOptions = {}): StubEngine {
  return stubEngine(options, {
    calls: { generate: 0, score: 0, entropies: 0, accumulate: 0, step: 0, discard: 0, save: 0, load: 0 },
    requests: { generate: [], accumulate: [], step: [] },
    known: [...(options.knows ?? [])],
  });
}

function stubEngine(options: StubEngineOptions, shared: Shared): StubEngine {
  const { calls, requests, known } = shared;
  const tokenizer = options.tokenizer ?? createStubTokenizer();
  const accuracy = options.accuracy ?? 0.5;
  let version = 0;
  let weights = 1;
  let gradient = 0;

  const enter = async (call: keyof StubEngineCalls): Promise<void> => {
    calls[call] += 1;
    await options.before?.(call);
  };

  const sample = (request: GenerateRequest, { promptTokens, copying }: SamplingGroup, prompt: string, seed: number, index: number): Sample => {
    const asked: StubPrompt = { prompt, seed, index, temperature: request.temperature, weights };
    const given = options.respond?.(asked) ?? defaultResponse(asked, known, accuracy, copying == null ? prompt : new TextDecoder().decode(copying.text));
    const response = typeof given === 'string' ? { text: given } : given;
    const ended = response.finishReason === 'length' ? [] : [request.stopTokens[0] ?? 0];
    const all = [...tokenizer.encode(response.text), ...ended];
    const tokens = all.slice(0, request.maxNewTokens);
    const finishReason = ended.length === 0 || tokens.length < all.length ? 'length' : 'stop';
    const draw = uniforms(seedOf(weights, `${seed}/${promptTokens.length}`));
    return { tokens, logprobs: response.logprobs ?? tokens.map(() => Math.fround(-3 * draw())), finishReason };
  };

  return {
    info: {
      backend: 'stub',
      reason: 'a test asked for it',
      threads: 1,
      parameters: 1,
      trainedParameters: 1,
      vocabularySize: stubVocabularySize,
      maxPositions: 1_000_000,
      recomputesActivations: false,
    },
    calls,
    requests,
    weights: () => weights,
    fork: () => stubEngine(options, shared),
    version: () => version,
    async generate(request, progress): Promise<GenerateResult> {
      await enter('generate');
      requests.generate.push(request);
      const prompts = request.groups.map((group) => tokenizer.decode(group.promptTokens));
      for (const prompt of prompts) {
        if (!prompt.includes('[mask]') && !known.includes(prompt)) known.unshift(prompt);
      }
      known.length = Math.min(known.length, mostKnown);
      const samples = request.groups.map((group, g) =>
        group.seeds.map((seed, index) => sample(request, group, prompts[g]!, seed, index)),
      );
      progress?.(samples.flat().reduce((sum, s) => sum + s.tokens.length, 0), 0);
      const values = { values: request.groups.map((group) => Math.fround(uniforms(seedOf(weights, JSON.stringify(group.promptTokens)))())) };
      return { samples, policyVersion: version, ...(request.values === true && values) };
    },
    async score(groups) {
      await enter('score');
      return groups.map((group) => group.responses.map((response) => response.tokens.map((token) => -1 - (token % 7) / 7)));
    },
    async entropies(texts) {
      await enter('entropies');
      return texts.map(({ promptTokens, tokens }) => {
        const draw = uniforms(seedOf(weights, `${promptTokens.join()}/${tokens.join()}`));
        return tokens.map(() => Math.fround(3 * draw()));
      });
    },
    async accumulate(request) {
      await enter('accumulate');
      requests.accumulate.push(request);
      gradient = seedOf(gradient, JSON.stringify(request.groups));
      return accumulateReport(request);
    },
    async step(request) {
      await enter('step');
      requests.step.push(request);
      weights = seedOf(weights, `${gradient}/${request.learningRate}/${request.gradientClip}${request.criticLearningRate === undefined ? '' : `/${request.criticLearningRate}`}`);
      gradient = 0;
      version += 1;
      return { gradientNorm: 1, updateNorm: request.learningRate, policyVersion: version };
    },
    async discard() {
      await enter('discard');
      gradient = 0;
    },
    async save(directory, { optimizer }) {
      await enter('save');
      await mkdir(directory, { recursive: true });
      await writeFile(join(directory, weightsFile), `${JSON.stringify({ version, weights, optimizer })}\n`);
    },
    async load(directory) {
      await enter('load');
      const stored = JSON.parse(await readFile(join(directory, weightsFile), 'utf8')) as { version: number; weights: number };
      ({ version, weights } = stored);
      gradient = 0;
    },
    close: () => Promise.resolve(),
  };
}

/** @param source what a mask is a word of */
function defaultResponse({ prompt, seed, weights }: StubPrompt, known: readonly string[], accuracy: number, source: string): string {
  const draw = uniforms(seedOf(weights, `${seed}/${prompt}`));
  const words = source.match(/[\p{L}\p{N}]+/gu) ?? ['nothing'];
  const word = words[drawInt(draw, words.length)]!;
  if (!prompt.includes('[mask]')) return ` \\mask{${word}}`;
  const hidden = draw() < accuracy ? hiddenText(prompt, known) : null;
  return ` \\boxed{${hidden ?? `not ${word}`}}`;
}

/**
 * What stands at the first `[mask]` of the prompt in a text seen before. The text's line must agree up to the mask and on to
 * the next one, so that the answer does not depend on what else was seen.
 */
function hiddenText(prompt: string, known: readonly string[]): string | null {
  const [before = '', after = ''] = prompt.split('[mask]');
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const right = after.split('\n')[0]!;
  for (const left of [line, line.slice(line.indexOf(': ') + 2)]) {
    for (const text of known) {
      const at = text.indexOf(left);
      const from = at + left.length;
      const end = at < 0 ? -1 : right === '' ? text.split('\n', 1)[0]!.length : text.indexOf(right, from + 1);
      if (end > from && end - from <= 100) return text.slice(from, end);
    }
  }
  return null;
}

function accumulateReport(request: AccumulateRequest): AccumulateReport {
  const responseTokens = count(request.groups, (r) => r.tokens.length);
  const advantageSum = count(request.groups, (r) => r.advantage * r.tokens.length);
  return {
    loss: -advantageSum / request.stepTokens,
    responseTokens,
    clippedLowTokens: 0,
    clippedHighTokens: 0,
    cappedTokens: 0,
    ratioSum: responseTokens,
    entropySum: responseTokens,
    logprobDriftSum: 0,
    logprobDriftMax: 0,
    tokensComputed: treeTokens(request.groups),
    tokensInRows: rowTokens(request.groups),
    ...valueFigures(request),
    notFinite: [],
  };
}

function count(groups: readonly TrainingGroup[], of: (response: TrainingGroup['responses'][number]) => number): number {
  return groups.reduce((sum, group) => sum + group.responses.reduce((inner, response) => inner + of(response), 0), 0);
}

/** A critic that foretells 0.5. */
function valueFigures({ groups }: AccumulateRequest): Pick<AccumulateReport, 'valueErrorSum' | 'valueResponses'> {
  const rewards = groups.flatMap(({ responses }) => responses.flatMap(({ reward }) => reward ?? []));
  if (rewards.length === 0) return {};
  return { valueErrorSum: rewards.reduce((sum, reward) => sum + (0.5 - reward) ** 2, 0), valueResponses: rewards.length };
}
