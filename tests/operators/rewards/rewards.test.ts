import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { generationReward } from '../../../operators/rewards/generation-reward.ts';
import { isExactMatch, predictionReward } from '../../../operators/rewards/prediction-reward.ts';

describe('the prediction reward (eq. 8)', () => {
  test('is 1 for the exact text and 0 for anything else', () => {
    assert.equal(predictionReward(isExactMatch('the Loire', 'the Loire')), 1);
    assert.equal(predictionReward(isExactMatch('Loire', 'the Loire')), 0);
    assert.equal(predictionReward(isExactMatch('the loire', 'the Loire')), 0);
    assert.equal(predictionReward(isExactMatch('the Loire.', 'the Loire')), 0);
  });

  test('a trailing space, a line break or another composition of é ruins nothing', () => {
    assert.equal(isExactMatch('the\nLoire ', 'the Loire'), true);
    assert.equal(isExactMatch('Rhone\u0301', 'Rhon\u00e9'), true);
  });

  test('no answer is never right', () => {
    assert.equal(isExactMatch(null, 'x'), false);
    assert.equal(isExactMatch('', ''), false);
  });
});

describe('the generation reward (eq. 9)', () => {
  test('grows as fewer of 8 predictions are right, and is 0 when none is', () => {
    const rewards = [8, 7, 4, 1, 0].map((solved) => generationReward(solved, 8));
    assert.deepEqual(rewards, [0, 0.125, 0.5, 0.875, 0]);
  });

  test('an unusable mask, and one that nothing was predicted of, pays 0', () => {
    assert.equal(generationReward(null, 0), 0);
    assert.equal(generationReward(0, 0), 0);
  });
});
