import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { beforeTies, disagreement } from './agreement.ts';

describe('Contenders agree', () => {
  const reference = { seconds: 1, logprobs: [-9.5, -0.25], greedy: [4, 7], loss: 8.83, rollouts: 72 };

  test('where their figures are within 1e-4, whatever time they took', () => {
    assert.equal(disagreement({ ...reference, seconds: 9, logprobs: [-9.5005, -0.25005], loss: 8.8304 }, reference), null);
  });

  test('in what both tell', () => {
    assert.equal(disagreement({ greedy: [4, 7], positions: 3 }, reference), null);
  });

  test('not where a log-probability is further off', () => {
    assert.match(disagreement({ logprobs: [-9.5, -0.2502] }, reference)!, /logprobs is off by 2\.0e-4/u);
  });

  test('not where one token or one count differs', () => {
    assert.match(disagreement({ greedy: [4, 8] }, reference)!, /greedy/u);
    assert.match(disagreement({ rollouts: 71.999 }, reference)!, /rollouts/u);
  });

  test('not where there are more or fewer values, or one that is no number', () => {
    assert.match(disagreement({ greedy: [4] }, reference)!, /greedy has 1 values, not 2/u);
    assert.match(disagreement({ loss: NaN }, reference)!, /loss/u);
  });

  test('in greedy tokens up to the first near tie of each sequence', () => {
    assert.deepEqual(beforeTies([1, 2, 3, 4, 5, 6], [0.5, 0.005, 0.5, 0.5, 0.5, 0.5], 3), [1, 4, 5, 6]);
    assert.deepEqual(beforeTies([1, 2, 3], [0.009, 1, 1], 3), []);
  });
});
