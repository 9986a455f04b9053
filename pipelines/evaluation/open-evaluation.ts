/**
 * What an evaluation is made of. In: the config, and parts that are given. Out: the questions ready to be asked, and how to open the engine. Fails with what files, tokenizer and corpus throw; CONFIG_INVALID where
 * `benchmark.shots` has no examples.
 */
import { createHash } from 'node:crypto';
import { stat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadBenchmark, type LoadedQuestions } from '../../infra/benchmarks/load-benchmark.ts';
import { hubOptionsFrom } from '../../infra/hub/hub-options.ts';
import { loadTokenizer } from '../../infra/tokenizer/load-tokenizer.ts';
import type { AskedQuestion } from '../../operators/benchmarks/ask-questions.ts';
import type { Benchmark } from '../../operators/benchmarks/benchmark.ts';
import { clozeName, drawClozeQuestions } from '../../operators/benchmarks/draw-cloze-questions.ts';
import { namedBenchmarks } from '../../operators/benchmarks/named-benchmarks.ts';
import { prepareQuestions } from '../../operators/benchmarks/prepare-questions.ts';
import type { Engine } from '../../operators/ports/engine.ts';
import type { Tokenizer } from '../../operators/ports/tokenizer.ts';
import { createPromptEncoder } from '../../operators/rollouts/prompt-encoder.ts';
import type { Config } from '../../schemas/config/config.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { loadPromptTemplate } from '../load-prompt-template.ts';
import { openSource } from '../open-source.ts';
import { resolveModel } from '../resolve-model.ts';

export interface OpenedEvaluation {
  /** Name and version. */
  readonly benchmark: string;
  readonly samples: number;
  readonly metric: Benchmark['metric'];
  readonly questions: readonly AskedQuestion[];
  readonly leftOut: LoadedQuestions['leftOut'];
  readonly tokenizer: Tokenizer;
  /** Changes when the model's files do. */
  readonly weights: string;
  openEngine(): Promise<Engine>;
}

export interface GivenParts {
  readonly engine?: Engine;
  readonly tokenizer?: Tokenizer;
}

const clozeItems = 1000; // where the config does not say

export async function openEvaluation(config: Config, given: GivenParts): Promise<OpenedEvaluation> {
  const modelDirectory = await resolveModel(config.model.path);
  const tokenizer = given.tokenizer ?? (await loadTokenizer(modelDirectory));
  const common = {
    tokenizer,
    weights: given.engine === undefined ? await markOfFiles(modelDirectory) : 'given',
    openEngine: async () => given.engine ?? (await import('../open-engine.ts')).openEngine(config, modelDirectory),
  };
  const asked = config.benchmark.name === 'cloze' ? await openCloze(config, tokenizer) : await openBenchmark(config, namedBenchmarks[config.benchmark.name], tokenizer);
  return { ...common, ...asked };
}

type Asked = Pick<OpenedEvaluation, 'benchmark' | 'samples' | 'metric' | 'questions' | 'leftOut'>;

async function openCloze(config: Config, tokenizer: Tokenizer): Promise<Asked> {
  const once: Config = { ...config, corpus: { ...config.corpus, repeat: false, ...(config.benchmark.path !== null && { path: config.benchmark.path }) } };
  const template = await loadPromptTemplate(config.rollouts.promptTemplate, tokenizer);
  const questions = await drawClozeQuestions({ source: await openSource(once, tokenizer), template, config }, config.benchmark.maxItems ?? clozeItems);
  return { benchmark: clozeName, samples: config.benchmark.samples ?? 0, metric: 'mean', questions, leftOut: [] };
}

async function openBenchmark({ benchmark: config, rollouts }: Config, benchmark: Benchmark, tokenizer: Tokenizer): Promise<Asked> {
  if ((config.shots > 0) !== (config.examples !== null)) {
    throw new PretrainZeroError('CONFIG_INVALID', `${config.shots} worked examples are asked for, and benchmark.examples is ${config.examples ?? 'null'}: give both or neither`, { key: 'benchmark.shots' });
  }
  const hub = hubOptionsFrom(process.env);
  const { questions, leftOut } = await loadBenchmark(benchmark, config.path ?? benchmark.source, hub);
  const examples = config.examples === null ? [] : (await loadBenchmark(benchmark, config.examples, hub)).questions;
  const encoder = createPromptEncoder(tokenizer, rollouts.promptTemplate !== 'short');
  return { benchmark: benchmark.name, samples: config.samples ?? benchmark.samples, metric: benchmark.metric, questions: prepareQuestions({ benchmark, config, encoder }, questions, examples), leftOut };
}

/** Of names, sizes and times: enough to tell that a checkpoint was written again, without reading gigabytes. */
async function markOfFiles(model: string): Promise<string> {
  const found = await stat(model);
  const files = found.isDirectory() ? (await readdir(model)).sort().map((name) => join(model, name)) : [model];
  const marks = await Promise.all(files.map(async (file) => [file, (await stat(file)).size, (await stat(file)).mtimeMs]));
  return createHash('sha256').update(JSON.stringify(marks)).digest('hex').slice(0, 16);
}
