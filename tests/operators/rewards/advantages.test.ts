import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { packageRoot } from '../../../infra/setup/package-root.ts';
import { advantages as advantagesBy } from '../../../operators/rewards/advantages.ts';
import { formulations } from '../../../operators/rewards/formulations.ts';

interface GoldenGroup {
  readonly rewards: number[];
  readonly sampleStd: number[]; // numpy, ddof = 1
  readonly trl: number[]; // TRL's formula in float32, with 1e-4 added to the standard deviation
}

const golden = (JSON.parse(readFileSync(join(packageRoot(), 'tests', 'fixtures', 'advantages.json'), 'utf8')) as GoldenGroup[]).filter(
  ({ rewards }) => new Set(rewards).size > 1,
);

const advantages = (rewards: readonly number[]) => advantagesBy(rewards, formulations.grpo);

const close = (actual: readonly number[], expected: readonly number[], tolerance: number) => {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]!) <= tolerance, `${value} is not ${expected[i]!}`));
};

describe('advantages (eq. 10)', () => {
  test('by hand: one right of four is 1.5 and three times -0.5', () => {
    close(advantages([1, 0, 0, 0]), [1.5, -0.5, -0.5, -0.5], 1e-15); // mean 1/4, sample std 1/2
  });

  test('by hand: 0, 1/2, 1 is -1, 0, 1', () => {
    assert.deepEqual(advantages([0, 0.5, 1]), [-1, 0, 1]);
  });

  test('equal those of numpy', () => {
    assert.ok(golden.length >= 3);
    for (const { rewards, sampleStd } of golden) close(advantages(rewards), sampleStd, 1e-12);
  });

  test('equal those of TRL but for what it adds to the standard deviation', () => {
    for (const { rewards, trl } of golden) {
      const std = (rewards[0]! - rewards.reduce((a, b) => a + b, 0) / rewards.length) / advantages(rewards)[0]!;
      close(advantages(rewards), trl.map((value) => (value * (std + 1e-4)) / std), 1e-5);
    }
  });

  test('have mean 0 and sample variance 1', () => {
    const group = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 2, maxLength: 16 }).filter((counts) => new Set(counts).size > 1);
    fc.assert(
      fc.property(group, (counts) => {
        const values = advantages(counts.map((count) => count / 8));
        assert.ok(Math.abs(values.reduce((a, b) => a + b, 0)) < 1e-9);
        assert.ok(Math.abs(values.reduce((a, b) => a + b * b, 0) / (values.length - 1) - 1) < 1e-9);
      }),
    );
  });
});
