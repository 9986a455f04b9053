import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { generationReward } from '../../../operators/rewards/generation-reward.ts';
import { generationDropReason, predictionDropReason } from '../../../operators/rewards/group-filter.ts';

const predictions = (...solved: number[]) => predictionDropReason(solved.map((count) => ({ solved: count, attempts: 1 })));
const masks = (...solved: (number | null)[]) =>
  generationDropReason(solved.map((count) => ({ solved: count, attempts: count === null ? 0 : 8 })));

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

  test('compares pay by count also when masks have different numbers of predictions', () => {
    assert.equal(generationDropReason([{ solved: 1, attempts: 3 }, { solved: 2, attempts: 6 }]), 'all-equal');
    assert.equal(generationDropReason([{ solved: 1, attempts: 3 }, { solved: 2, attempts: 7 }]), null);
  });

  test('agrees with the rewards: dropped exactly where they do not differ', () => {
    const tried = fc
      .integer({ min: 1, max: 8 })
      .chain((attempts) => fc.record({ solved: fc.integer({ min: 0, max: attempts }), attempts: fc.constant(attempts) }));
    const outcome = fc.oneof(tried, fc.constant({ solved: null, attempts: 0 }));
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 1, maxLength: 8 }), (outcomes) => {
        const rewards = outcomes.map(({ solved, attempts }) => generationReward(solved, attempts));
        assert.equal(generationDropReason(outcomes) !== null, new Set(rewards).size === 1);
      }),
      { numRuns: 1000 },
    );
  });
});
