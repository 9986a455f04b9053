import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { difficulty } from '../../../operators/rewards/generation/difficulty.ts';
import { RecentSpans } from '../../../operators/rewards/recent-spans.ts';
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
  const pay = (solved: number | null, attempts: number): number => {
    const mask = solved === null ? null : { groupId: '', text: 'x', policyVersion: 0, solved, attempts, wrongAnswers: [] };
    return difficulty.rewards([mask], new RecentSpans(0))[0]!;
  };

  test('grows as fewer of 8 predictions are right, and is 0 when none is', () => {
    assert.deepEqual([8, 7, 4, 1, 0].map((solved) => pay(solved, 8)), [0, 0.125, 0.5, 0.875, 0]);
  });

  test('an unusable mask pays 0', () => {
    assert.equal(pay(null, 0), 0);
  });
});
