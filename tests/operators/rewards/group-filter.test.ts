import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { emptyGroup, generationDropReason, predictionDropReason } from '../../../operators/rewards/group-filter.ts';
import { generationRules } from '../../../operators/rewards/generation/generation-rules.ts';
import { RecentSpans } from '../../../operators/rewards/recent-spans.ts';
import { arbitraryMasks, historyOf } from './arbitrary-masks.ts';

const predictions = (...solved: number[]) => predictionDropReason(solved.map((count) => count === 1));
const masks = (...solved: (number | null)[]) =>
  generationDropReason(
    generationRules.difficulty.rewards(
      solved.map((count) => (count === null ? null : { groupId: '', text: 'x', policyVersion: 0, solved: count, attempts: 8, wrongAnswers: [] })),
      new RecentSpans(0),
    ),
  );

describe('the group filter', () => {
  test('drops predictions that are all wrong or all right, and no others', () => {
    assert.equal(predictions(0, 0, 0), 'all-zero');
    assert.equal(predictions(1, 1, 1), 'all-one');
    assert.equal(predictions(0, 1, 1), null);
    assert.equal(predictions(), 'all-zero');
  });

  test('drops masks of which none is paid: unusable, never solved, always solved', () => {
    assert.equal(masks(null, 0, 8), 'all-zero');
    assert.equal(masks(), 'all-zero');
  });

  test('drops masks that are all paid the same', () => {
    assert.equal(masks(3, 3, 3), 'all-equal');
    assert.equal(masks(3, 3, 4), null);
    assert.equal(masks(3, null), null);
  });

  test('switched off, it drops groups without rollouts alone', () => {
    assert.equal(emptyGroup([]), 'all-zero');
    assert.equal(emptyGroup([0, 0]), null);
  });

  for (const [name, { rewards: pay }] of Object.entries(generationRules)) {
    test(`${name} pays in [0, 1], and two rewards are equal to the bit or apart: comparing finds the groups without signal`, () => {
      fc.assert(
        fc.property(arbitraryMasks, ({ group, before }) => {
          const rewards = pay(group, historyOf(group, before));
          assert.equal(rewards.length, group.length);
          const sorted = rewards.toSorted((a, b) => a - b);
          assert.ok(sorted[0]! >= 0 && sorted.at(-1)! <= 1);
          sorted.slice(1).forEach((reward, i) => assert.ok(reward === sorted[i]! || reward - sorted[i]! > 1e-7)); // whole numbers below 2^12 divided
          group.forEach((mask, i) => assert.ok(mask !== null || rewards[i] === 0));
          assert.equal(generationDropReason(rewards) !== null, sorted[0] === sorted.at(-1));
        }),
        { numRuns: 500 },
      );
    });
  }
});
