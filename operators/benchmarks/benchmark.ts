/**
 * What a benchmark is: how its public files are laid out, what is asked, where the answer stands in a response, when it is right, and which figure is published. One file describes
 * one; `named-benchmarks.ts` lists them.
 */
import { z } from 'zod';

/** A question of a benchmark, as it is in the file. */
export interface BenchmarkQuestion {
  /** Unique within the benchmark. */
  readonly id: string;
  /** What results are broken down by; empty where the benchmark has nothing of the kind. */
  readonly category: string;
  /** The right answer, as published. */
  readonly expected: string;
  /** What the model is given, after worked examples of the same benchmark. */
  prompt(examples: readonly BenchmarkQuestion[]): string;
  /** The question with its worked answer, as it stands among examples. */
  readonly worked: string;
  /** The answer that a response gives; null where there is none. */
  answer(response: string): string | null;
  isRight(answer: string): boolean;
}

export interface Benchmark {
  /** Name and version of layout, prompt, extraction and check together, for example `gsm8k@1`. */
  readonly name: string;
  /** Where its files are published. */
  readonly source: string;
  /** Samples of a question as published: 0 is one greedy answer, k the mean of k sampled ones (mean@k). */
  readonly samples: number;
  /** `mean`: of all questions. `harmonic`: of the categories' means, each with a hundredth added, as published for BBEH. */
  readonly metric: 'mean' | 'harmonic';
  /** Texts at which an answer ends where a model goes on with a question of its own. */
  readonly endsBefore: readonly string[];
  /** A row of the file as a question, or what is wrong with it. */
  read(row: unknown, place: RowPlace): BenchmarkQuestion | string;
}

/** Where a row stands. */
export interface RowPlace {
  /** Path or address of the file. */
  readonly file: string;
  /** From 0, within the file. */
  readonly index: number;
}

export interface BenchmarkDescription<Row> extends Omit<Benchmark, 'read'> {
  /** The fields that are read; others are passed over. */
  readonly row: z.ZodType<Row>;
  readonly question: (row: Row, place: RowPlace) => BenchmarkQuestion | string;
}

export function defineBenchmark<Row>({ row: layout, question, ...described }: BenchmarkDescription<Row>): Benchmark {
  return {
    ...described,
    read(row, place) {
      const parsed = layout.safeParse(row);
      if (parsed.success) return question(parsed.data, place);
      const [issue] = parsed.error.issues;
      return `${issue?.path.join('.') || 'the row'}: ${issue?.message ?? 'invalid'}`;
    },
  };
}

/** Ids and numbers are written either way. */
export const label = z.union([z.string(), z.number(), z.bigint()]).transform(String);
