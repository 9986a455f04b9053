import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseRate, triedRate } from '../../../operators/analysis/choose-rate.ts';

const tried = (learningRate: number, ...values: (number | null)[]) => triedRate(learningRate, values.map((value, seed) => ({ seed, value })));

test('the rate with the highest mean is taken, the first of equals', () => {
  assert.equal(chooseRate([tried(1e-4, 0.4, 0.5), tried(2e-4, 0.9, 0.2), tried(4e-4, 0.1, 0.1)]), 2e-4);
  assert.equal(chooseRate([tried(1e-4, 0.5), tried(2e-4, 0.5)]), 1e-4);
});

test('a rate of which a run failed is not taken, however well the others did', () => {
  assert.equal(tried(4e-4, 1, null).mean, null);
  assert.equal(chooseRate([tried(1e-4, 0.1, 0.1), tried(4e-4, 1, null)]), 1e-4);
  assert.equal(chooseRate([tried(4e-4, null)]), null);
  assert.equal(chooseRate([]), null);
});
