import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { summariseBenchmark, type Judged } from '../../../operators/benchmarks/summarise-benchmark.ts';

const judged = (itemId: string, category: string, correct: boolean): Judged => ({ itemId, category, correct, missing: false, truncated: false });
const many = (category: string, right: number, of: number): Judged[] => Array.from({ length: of }, (_, i) => judged(`${category}/${i}`, category, i < right));

test('mean@k: a question scores the mean of its samples', () => {
  const rows = [judged('a', '', true), judged('a', '', false), judged('b', '', true), judged('b', '', true)];
  const { score, questions, samplesPerQuestion } = summariseBenchmark(rows, 'mean', 1);
  assert.deepEqual({ score, questions, samplesPerQuestion }, { score: 0.75, questions: 2, samplesPerQuestion: 2 });
});

test('the harmonic mean is of the categories, each with a hundredth added', () => {
  const { score, accuracy, byCategory } = summariseBenchmark([...many('x', 5, 10), ...many('y', 0, 90)], 'harmonic', 1);
  assert.ok(Math.abs(score - 2 / (1 / 0.51 + 1 / 0.01)) < 1e-12);
  assert.equal(accuracy, 0.05);
  assert.deepEqual(byCategory.map(({ category, score: own, questions }) => [category, own, questions]), [['x', 0.5, 10], ['y', 0, 90]]);
});

test('the interval is the same for the same seed, and near that of the normal approximation', () => {
  const rows = many('x', 120, 400);
  const summary = summariseBenchmark(rows, 'mean', 3);
  assert.deepEqual(summary, summariseBenchmark(rows, 'mean', 3));
  const half = 1.96 * Math.sqrt((0.3 * 0.7) / 400);
  assert.ok(Math.abs(summary.low - (0.3 - half)) < 0.01 && Math.abs(summary.high - (0.3 + half)) < 0.01, JSON.stringify(summary));
});

test('the interval holds the score, whatever the answers', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), { minLength: 1, maxLength: 60 }), fc.constantFrom('mean', 'harmonic'), (answers, metric) => {
      const { score, low, high, byCategory } = summariseBenchmark(answers.map(([item, correct]) => judged(`${item}`, `c${item % 3}`, correct)), metric, 0);
      assert.ok(low <= score + 1e-9 && score <= high + 1e-9);
      for (const each of byCategory) assert.ok(each.low <= each.score + 1e-9 && each.score <= each.high + 1e-9);
    }),
    { numRuns: 25 },
  );
});

test('no answers, no figure above 0', () => {
  assert.deepEqual(summariseBenchmark([], 'mean', 0), { metric: 'mean', score: 0, low: 0, high: 0, questions: 0, samplesPerQuestion: 0, accuracy: 0, missingShare: 0, truncatedShare: 0, byCategory: [] });
});
