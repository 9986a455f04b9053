/**
 * In: whether each answer of each question was right. Out: the published figure with a bootstrap interval, and the same by category. Pure; the interval's draws come from the seed.
 *
 * A question's score is the mean over its samples (mean@k); the bootstrap draws questions, within their categories where the metric is a mean of categories.
 */
import { drawInt, seedOf, uniforms } from '../flow/seeds.ts';
import type { Benchmark } from './benchmark.ts';

export interface Judged {
  readonly itemId: string;
  readonly category: string;
  readonly correct: boolean;
  /** No answer was found in the response. */
  readonly missing: boolean;
  /** Cut off at the limit. */
  readonly truncated: boolean;
}

export interface Estimate {
  readonly score: number; // in [0, 1]
  /** 95% percentile interval. */
  readonly low: number;
  readonly high: number;
}

export interface BenchmarkSummary extends Estimate {
  readonly metric: Benchmark['metric'];
  readonly questions: number;
  readonly samplesPerQuestion: number;
  /** Mean over all questions: the same as the score but for `harmonic`. */
  readonly accuracy: number;
  /** Of all answers, in [0, 1]. */
  readonly missingShare: number;
  readonly truncatedShare: number;
  /** In alphabetical order; empty where the benchmark has none. */
  readonly byCategory: readonly (Estimate & { readonly category: string; readonly questions: number })[];
}

const resamples = 2000;
const added = 0.01; // to each category's accuracy under `harmonic`, so that one of 0 does not make all 0

export function summariseBenchmark(judged: readonly Judged[], metric: Benchmark['metric'], seed: number): BenchmarkSummary {
  const scores = scoresOf(judged);
  const categories = [...new Set(scores.map(({ category }) => category))].sort();
  const groups = categories.map((category) => scores.filter((each) => each.category === category).map(({ score }) => score));
  const all = scores.map(({ score }) => score);
  const share = (has: (each: Judged) => boolean): number => (judged.length === 0 ? 0 : judged.filter(has).length / judged.length);
  const whole = metric === 'harmonic' ? estimate(groups, harmonic, seedOf(seed, 'bootstrap')) : estimate([all], ([only]) => mean(only!), seedOf(seed, 'bootstrap'));
  return {
    metric,
    ...whole,
    questions: scores.length,
    samplesPerQuestion: scores.length === 0 ? 0 : judged.length / scores.length,
    accuracy: mean(all),
    missingShare: share(({ missing }) => missing),
    truncatedShare: share(({ truncated }) => truncated),
    byCategory: categories.filter((category) => category !== '').map((category) => {
      const own = groups[categories.indexOf(category)]!;
      return { category, questions: own.length, ...estimate([own], ([only]) => mean(only!), seedOf(seed, `bootstrap/${category}`)) };
    }),
  };
}

function scoresOf(judged: readonly Judged[]): { readonly category: string; readonly score: number }[] {
  const found = new Map<string, { readonly category: string; right: number; samples: number }>();
  for (const { itemId, category, correct } of judged) {
    const item = found.get(itemId) ?? { category, right: 0, samples: 0 };
    item.samples++;
    if (correct) item.right++;
    found.set(itemId, item);
  }
  return [...found.values()].map(({ category, right, samples }) => ({ category, score: right / samples }));
}

/** The statistic of the groups, and its percentiles over groups drawn with replacement. */
function estimate(groups: readonly (readonly number[])[], statistic: (groups: readonly (readonly number[])[]) => number, seed: number): Estimate {
  const score = statistic(groups);
  if (groups.every((group) => group.length === 0)) return { score, low: score, high: score };
  const draw = uniforms(seed);
  const drawn = Array.from({ length: resamples }, () => statistic(groups.map((group) => group.map(() => group[drawInt(draw, group.length)]!)))).sort((a, b) => a - b);
  return { score, low: drawn[Math.floor(0.025 * resamples)]!, high: drawn[Math.ceil(0.975 * resamples) - 1]! };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function harmonic(groups: readonly (readonly number[])[]): number {
  return groups.length === 0 ? 0 : groups.length / groups.reduce((sum, group) => sum + 1 / (mean(group) + added), 0);
}
