import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lossDenominator } from '../../../operators/training/loss-denominator.ts';
import { baseConfig } from '../../base-config.ts';
import { scoreSample } from '../rewards/sample-scores.ts';

const of = (formulation: Parameters<typeof lossDenominator>[1]['grpo']['formulation'], groupFilter: boolean): number => {
  const config = baseConfig({ grpo: { formulation, groupFilter }, rollouts: { maxMaskResponseTokens: 100, maxPredictionResponseTokens: 30 } });
  const { scored } = scoreSample([[1, 0, 0], [1, 1, 1], null], { tokens: 7, config });
  return lossDenominator([scored, scored], config);
};

test('kept are 3 masks and 3 predictions of each paragraph: tokens, limits of either role, or responses', () => {
  assert.equal(of('grpo', true), 2 * 6 * 7);
  assert.equal(of('reinforce++', true), 2 * 6 * 7);
  assert.equal(of('dr-grpo', true), 2 * (3 * 100 + 3 * 30));
  assert.equal(of('rloo', true), 2 * 6);
});

test('without the filter groups without signal count too', () => {
  assert.equal(of('grpo', false), 2 * 9 * 7);
  assert.equal(of('dr-grpo', false), 2 * (3 * 100 + 6 * 30));
  assert.equal(of('rloo', false), 2 * 9);
});
