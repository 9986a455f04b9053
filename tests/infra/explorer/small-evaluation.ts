/** A small evaluation on disk, by the project's own store. In: a parent folder, its name, the answers, how many of them are in a part. Out: its folder; whole, unless it is said how many questions there are. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openAnswerStore } from '../../../infra/evaluations/open-answer-store.ts';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { summariseBenchmark } from '../../../operators/benchmarks/summarise-benchmark.ts';
import type { BenchmarkAnswer } from '../../../schemas/records/benchmark-answer.ts';
import { baseConfig } from '../../base-config.ts';

export interface SmallEvaluationOptions {
  readonly perPart?: number;
  readonly model?: string;
  /** How many there are, where not all are answered. */
  readonly questions?: number;
}

export async function smallEvaluation(parent: string, name: string, answers: readonly BenchmarkAnswer[], { perPart = 64, model = 'sample', questions: asked }: SmallEvaluationOptions = {}): Promise<string> {
  const directory = join(parent, name);
  await mkdir(directory, { recursive: true });
  const questions = asked ?? new Set(answers.map(({ itemId }) => itemId)).size;
  const identity = { benchmark: answers[0]!.benchmark, model, samples: 0, questions };
  const store = await openAnswerStore(nodeFileSystem, directory, JSON.stringify(identity), baseConfig().log);
  for (let at = 0; at < answers.length; at += perPart) await store.write(at / perPart, answers.slice(at, at + perPart));
  if (asked === undefined) await store.finish({ summary: summariseBenchmark(answers.map(({ itemId, category, correct, answer }) => ({ itemId, category, correct, missing: answer === null, truncated: false })), 'mean', 1) });
  return directory;
}

export function benchmarkAnswerOf(changes: Partial<BenchmarkAnswer>): BenchmarkAnswer {
  return {
    benchmark: 'gsm8k@1',
    itemId: '0',
    category: '',
    sampleIndex: 0,
    seed: 7,
    question: 'How many eggs are left?',
    promptTokens: [1, 2, 3],
    responseTokens: [4, 5],
    responseText: 'So 12 are left.\n#### 12',
    finishReason: 'stop',
    answer: '12',
    expected: '12',
    correct: true,
    ...changes,
  };
}
