/** Student's t, intervals and paired differences, against scipy (tests/fixtures/make-statistics.py). */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { estimate } from '../../../operators/analysis/estimate.ts';
import { pairedDifference } from '../../../operators/analysis/paired-difference.ts';
import { studentCdf, studentQuantile } from '../../../operators/analysis/student-t.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';

interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

interface Reference {
  readonly quantiles: readonly [degrees: number, probability: number, value: number][];
  readonly probabilities: readonly [degrees: number, t: number, probability: number][];
  readonly intervals: readonly (Interval & { readonly values: readonly number[]; readonly deviation: number })[];
  readonly pairs: readonly (Interval & { readonly variant: readonly number[]; readonly reference: readonly number[] })[];
}

const reference = JSON.parse(readFileSync(fixturePath('statistics', 'student.json'), 'utf8')) as Reference;
const near = (actual: number, expected: number, what: string): void => assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${what}: ${actual}, not ${expected}`);
const bySeed = (values: readonly number[]): Map<number, number> => new Map(values.map((value, seed) => [seed, value]));
const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });

test('quantiles and probabilities of the t distribution are those of scipy', () => {
  for (const [degrees, probability, expected] of reference.quantiles) near(studentQuantile(probability, degrees), expected, `quantile ${probability}, ${degrees} degrees`);
  for (const [degrees, t, expected] of reference.probabilities) near(studentCdf(t, degrees), expected, `P(T <= ${t}), ${degrees} degrees`);
});

test('a quantile is the inverse of the distribution, and grows with the probability', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 200 }), (probability, degrees) => {
      near(studentCdf(studentQuantile(probability, degrees), degrees), probability, 'there and back');
      assert.ok(studentQuantile(probability + 0.0005, degrees) > studentQuantile(probability, degrees));
    }),
  );
});

test('what is no probability, and no degree of freedom, is refused', () => {
  for (const probability of [0, 1, -1, Number.NaN]) assert.throws(() => studentQuantile(probability, 3), RangeError);
  assert.throws(() => studentCdf(1, 0), RangeError);
});

test('means and intervals are those of scipy', () => {
  for (const { values, mean, deviation, low, high } of reference.intervals) {
    const own = estimate(values);
    assert.ok(own?.deviation != null && own.low !== null && own.high !== null);
    near(own.mean, mean, 'mean');
    near(own.deviation, deviation, 'deviation');
    near(own.low, low, 'low');
    near(own.high, high, 'high');
  }
});

test('an interval encloses its mean, moves with the values and stretches with them', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 2, maxLength: 12 }), fc.integer({ min: -1000, max: 1000 }), (values, by) => {
      const { mean, low, high } = estimate(values)!;
      assert.ok(low! <= mean && mean <= high!);
      const moved = estimate(values.map((each) => 2 * each + by))!;
      const size = Math.max(1, ...values.map(Math.abs));
      for (const [end, old] of [[moved.low!, low!], [moved.high!, high!]] as const) assert.ok(Math.abs(end - (2 * old + by)) < 1e-7 * size);
    }),
  );
});

test('of one value there is no interval, of none no mean', () => {
  assert.deepEqual(estimate([0.5]), { n: 1, mean: 0.5, deviation: null, low: null, high: null });
  assert.equal(estimate([]), null);
});

test('paired differences are those of scipy', () => {
  for (const { variant, reference: other, mean, low, high } of reference.pairs) {
    const { difference } = pairedDifference(bySeed(variant), bySeed(other))!;
    near(difference.mean, mean, 'mean');
    near(difference.low!, low, 'low');
    near(difference.high!, high, 'high');
  }
});

test('a difference is taken over the seeds that both have, and told apart from none only where its interval excludes 0', () => {
  const reference = new Map([[1, 0.3], [2, 0.4], [3, 0.5], [9, 0]]);
  const ahead = pairedDifference(new Map([[3, 0.61], [1, 0.4], [2, 0.49], [7, 1]]), reference)!;
  assert.deepEqual(ahead.bySeed.map(({ seed }) => seed), [3, 1, 2]);
  assert.deepEqual([ahead.ahead, ahead.tied, ahead.behind, ahead.verdict], [3, 0, 0, 'ahead']);
  const unclear = pairedDifference(new Map([[1, 0.9], [2, 0.4], [3, 0.4]]), reference)!;
  assert.deepEqual([unclear.ahead, unclear.tied, unclear.behind, unclear.verdict], [1, 1, 1, 'unclear']);
  assert.equal(pairedDifference(new Map([[1, 0.9]]), reference)?.verdict, 'unclear', 'one seed tells nothing');
  assert.equal(pairedDifference(new Map([[5, 1]]), reference), null);
});

test('exchanging the two turns a difference round', () => {
  const opposite = { ahead: 'behind', behind: 'ahead', unclear: 'unclear' } as const;
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 10 }), (pairs) => {
      const [left, right] = [bySeed(pairs.map(([a]) => a)), bySeed(pairs.map(([, b]) => b))];
      const [there, back] = [pairedDifference(left, right)!, pairedDifference(right, left)!];
      assert.deepEqual([there.ahead, there.behind, opposite[there.verdict]], [back.behind, back.ahead, back.verdict]);
      assert.ok(Math.abs(there.difference.mean + back.difference.mean) < 1e-6);
    }),
  );
});
