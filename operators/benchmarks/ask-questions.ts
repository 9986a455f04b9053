/**
 * In: batches of questions. Out: their answers, judged, batch by batch. Each sample has a seed of its own, from the question's id, so an answer is a function of (weights, prompt, seed), whatever it is asked
 * together with. A question whose prompt exceeds `rollouts.maxPromptTokens` is wrong, with empty answers. The engine's errors end the stream.
 */
import { concatMap, type OperatorFunction } from 'rxjs';
import type { Config } from '../../schemas/config/config.ts';
import type { BenchmarkAnswer } from '../../schemas/records/benchmark-answer.ts';
import { seedOf } from '../flow/seeds.ts';
import type { Engine, GenerateProgress, Sample } from '../ports/engine.ts';
import type { Tokenizer } from '../ports/tokenizer.ts';

/** A question ready to be asked. */
export interface AskedQuestion {
  readonly id: string;
  readonly category: string;
  readonly expected: string;
  /** As asked without worked examples and chat template, to be read. */
  readonly text: string;
  readonly promptTokens: readonly number[];
  /** The answer that a response gives; null where there is none. */
  answer(response: string): string | null;
  isRight(answer: string): boolean;
}

export interface AskDeps {
  readonly engine: Engine;
  readonly tokenizer: Tokenizer;
  readonly config: Config;
  /** Name and version of the benchmark. */
  readonly benchmark: string;
  /** Answers per question; 0: one greedy one. */
  readonly samples: number;
  readonly progress?: GenerateProgress;
}

/** Asks one batch after the other, each in one call of the engine. */
export function askQuestions(deps: AskDeps): OperatorFunction<readonly AskedQuestion[], BenchmarkAnswer[]> {
  return concatMap((batch) => askBatch(deps, batch));
}

export function benchmarkSampleId(benchmark: string, itemId: string, index: number): string {
  return `${benchmark}/${itemId}/${index}`;
}

async function askBatch(deps: AskDeps, batch: readonly AskedQuestion[]): Promise<BenchmarkAnswer[]> {
  const { engine, tokenizer, config, benchmark, samples } = deps;
  const idsOf = ({ id }: AskedQuestion): string[] => Array.from({ length: Math.max(1, samples) }, (_, index) => benchmarkSampleId(benchmark, id, index));
  const asked = batch.filter(({ promptTokens }) => promptTokens.length <= config.rollouts.maxPromptTokens);
  const groups = asked.map((question) => {
    const ids = idsOf(question);
    return { promptTokens: question.promptTokens, ids, seeds: ids.map((id) => seedOf(config.run.seed, id)) };
  });
  const { maxPredictionResponseTokens: maxNewTokens, temperature } = config.rollouts;
  const request = { groups, maxNewTokens, temperature: samples === 0 ? 0 : temperature, stopTokens: tokenizer.stopTokens };
  const answers = groups.length === 0 ? [] : (await engine.generate(request, deps.progress)).samples;
  const answersOf = new Map(asked.map((question, i) => [question, answers[i]]));
  return batch.flatMap((question) => idsOf(question).map((id, index) => judged(deps, question, { id, index, sample: answersOf.get(question)?.[index] })));
}

interface Answered {
  readonly id: string;
  readonly index: number;
  /** Undefined where nothing was asked. */
  readonly sample: Sample | undefined;
}

function judged({ tokenizer, config, benchmark }: AskDeps, question: AskedQuestion, { id, index, sample }: Answered): BenchmarkAnswer {
  const responseText = tokenizer.decode(sample?.tokens ?? []);
  const answer = sample === undefined ? null : question.answer(responseText);
  return {
    benchmark,
    itemId: question.id,
    category: question.category,
    sampleIndex: index,
    seed: seedOf(config.run.seed, id),
    question: question.text,
    promptTokens: sample === undefined ? [] : question.promptTokens,
    responseTokens: sample?.tokens ?? [],
    responseText,
    finishReason: sample?.finishReason ?? null,
    answer,
    expected: question.expected,
    correct: answer !== null && question.isRight(answer),
  };
}
