/**
 * Evaluates weights on a benchmark. In: a config (which model, which benchmark), and the folder of the results. Out: the published figure with its interval. Every answer is kept as soon as its batch is done, so an evaluation
 * that was ended goes on where it was: what is there already is read, not asked again, and the result is the same. Can go wrong: what its parts throw; RUN_MISMATCH where the folder holds another evaluation.
 */
import { createHash } from 'node:crypto';
import { concatMap, from, lastValueFrom, of, reduce } from 'rxjs';
import { systemClock } from '../infra/clock/system-clock.ts';
import { openAnswerStore } from '../infra/evaluations/open-answer-store.ts';
import { nodeFileSystem } from '../infra/file-system/node-file-system.ts';
import { askQuestions, type AskDeps, type AskedQuestion } from '../operators/benchmarks/ask-questions.ts';
import { summariseBenchmark, type BenchmarkSummary, type Judged } from '../operators/benchmarks/summarise-benchmark.ts';
import type { Clock } from '../operators/ports/clock.ts';
import type { Engine } from '../operators/ports/engine.ts';
import type { Tokenizer } from '../operators/ports/tokenizer.ts';
import type { Config } from '../schemas/config/config.ts';
import type { BenchmarkAnswer } from '../schemas/records/benchmark-answer.ts';
import { openEvaluation, type OpenedEvaluation } from './evaluation/open-evaluation.ts';

export interface EvaluateOptions {
  /** The folder of the results. */
  readonly directory: string;
  /** Aborted: the batch in progress is finished and kept, then the evaluation ends without a result. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EvaluationProgress) => void;
  /** Parts in place of the real ones. */
  readonly parts?: Partial<EvaluationParts>;
}

export interface EvaluationParts {
  readonly engine: Engine;
  readonly tokenizer: Tokenizer;
  readonly clock: Clock;
}

export interface EvaluationProgress {
  /** Answers, of all. */
  readonly done: number;
  readonly total: number;
  /** Of them, found in the folder. */
  readonly kept: number;
  readonly right: number;
  /** Sampled in this process. */
  readonly tokens: number;
  readonly elapsedMs: number;
  /** Null until there is something to judge by. */
  readonly leftMs: number | null;
}

export interface EvaluationOutcome {
  readonly kind: 'completed' | 'interrupted';
  readonly directory: string;
  readonly benchmark: string;
  readonly model: string;
  /** Null where it was interrupted. */
  readonly summary: BenchmarkSummary | null;
  /** Rows of the benchmark's files that are no questions. */
  readonly leftOut: number;
}

const rowsPerBatch = 64; // answers; what is lost at most where the process is killed

export async function evaluate(config: Config, options: EvaluateOptions): Promise<EvaluationOutcome> {
  const { directory, signal = new AbortController().signal } = options;
  const clock = options.parts?.clock ?? systemClock;
  const opened = await openEvaluation(config, options.parts ?? {});
  const { benchmark, samples, metric, questions, leftOut } = opened;
  const batches = cut(questions, Math.max(1, Math.floor(rowsPerBatch / Math.max(1, samples))));
  const store = await openAnswerStore(nodeFileSystem, directory, identityOf(config, opened), config.log);
  const told = { benchmark, directory, model: config.model.path, leftOut: leftOut.length };
  let engine: Engine | undefined;
  const progress = startProgress(clock, questions.length * Math.max(1, samples), options.onProgress);
  /** Opened at the first batch that is not there: a finished evaluation is told again without a model. */
  const ask = async (batch: readonly AskedQuestion[]): Promise<BenchmarkAnswer[]> => {
    engine ??= await opened.openEngine();
    const deps: AskDeps = { engine, tokenizer: opened.tokenizer, config, benchmark, samples, progress: (tokens) => progress.sampled(tokens) };
    return lastValueFrom(of(batch).pipe(askQuestions(deps)));
  };
  try {
    const judged = await lastValueFrom(
      from(batches.entries()).pipe(
        concatMap(async ([index, batch]) => {
          if (signal.aborted) return []; // the rest is left for another time
          const kept = await store.read(index);
          const answers = kept ?? (await ask(batch));
          if (kept === null) await store.write(index, answers);
          progress.answered(answers, kept !== null);
          return answers.map(judgedOf);
        }),
        reduce((all, answers) => all.concat(answers), [] as Judged[]),
      ),
    );
    if (progress.done() < progress.total) return { kind: 'interrupted', ...told, summary: null };
    const summary = summariseBenchmark(judged, metric, config.run.seed);
    await store.finish({ ...told, summary });
    return { kind: 'completed', ...told, summary };
  } finally {
    if (options.parts?.engine === undefined) await engine?.close();
  }
}

function cut<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

function judgedOf({ itemId, category, correct, answer, finishReason }: BenchmarkAnswer): Judged {
  return { itemId, category, correct, missing: answer === null, truncated: finishReason === 'length' };
}

/** What the answers are a function of. */
function identityOf({ run, model, engine, rollouts }: Config, { benchmark, samples, questions, weights }: OpenedEvaluation): string {
  const asked = createHash('sha256');
  for (const { id, expected, promptTokens } of questions) asked.update(JSON.stringify([id, expected, promptTokens]));
  const { temperature, maxPromptTokens, maxPredictionResponseTokens } = rollouts;
  const fields = { version: 1, benchmark, samples, seed: run.seed, model: model.path, weights, lora: engine.lora !== null, temperature, maxPromptTokens, maxPredictionResponseTokens, questions: questions.length, asked: asked.digest('hex') };
  return `${JSON.stringify(fields, null, 2)}\n`;
}

function startProgress(clock: Clock, total: number, tell: (progress: EvaluationProgress) => void = () => undefined) {
  const begun = clock.now();
  let [done, kept, right, tokens] = [0, 0, 0, 0];
  const report = (): void => {
    const elapsedMs = clock.now() - begun;
    const own = done - kept;
    tell({ done, total, kept, right, tokens, elapsedMs, leftMs: own === 0 ? null : (elapsedMs / own) * (total - done) });
  };
  return {
    total,
    done: () => done,
    sampled(newTokens: number): void {
      tokens += newTokens;
      report();
    },
    answered(answers: readonly BenchmarkAnswer[], wereKept: boolean): void {
      done += answers.length;
      if (wereKept) kept += answers.length;
      right += answers.filter(({ correct }) => correct).length;
      report();
    },
  };
}
