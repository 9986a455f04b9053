import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { tokenLoss } from '../../../../../infra/engine/tfjs/training/token-loss.ts';
import { grpoLoss } from '../training-examples.ts';

/** Sampled with log-probability 0, so that the ratio is exp(logprob). */
const at = (ratio: number, advantage: number): ReturnType<typeof tokenLoss> => tokenLoss({ ...grpoLoss, ratioCap: 2 }, Math.log(ratio), 0, advantage);

describe('the loss of a token', () => {
  test('is -A at ratio 1, with slope -A', () => {
    assert.deepEqual(at(1, 2), { loss: -2, slope: -2, ratio: 1, clipped: null, capped: false });
  });

  test('is clipped above for a good token, below for a bad one, and then pulls no more', () => {
    assert.deepEqual([at(1.3, 1).clipped, at(1.3, 1).slope, at(1.3, 1).loss], ['high', 0, -1.28]);
    assert.deepEqual([at(0.7, -1).clipped, at(0.7, -1).slope, at(0.7, -1).loss], ['low', 0, 0.8]);
  });

  test('is not clipped where that would lower it', () => {
    assert.equal(at(0.5, 1).clipped, null);
    assert.equal(at(1.5, -1).clipped, null);
  });

  test('is capped where no clip acts', () => {
    assert.deepEqual([at(5, -1).capped, at(5, -1).slope, at(5, -1).loss], [true, 2, 2]);
    assert.equal(at(5, 1).capped, false);
  });

  test('is never below the unclipped one, but for the cap, and its slope is its derivative', () => {
    const numbers = fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true }));
    fc.assert(
      fc.property(numbers, ([logRatio, advantage]) => {
        const loss = { ...grpoLoss, ratioCap: 1e9 };
        const { loss: value, slope, ratio } = tokenLoss(loss, logRatio, 0, advantage);
        assert.ok(value >= -ratio * advantage - 1e-12);
        if ([0.8, 1.28].some((bound) => Math.abs(ratio - bound) < 1e-4)) return;
        const difference = tokenLoss(loss, logRatio + 1e-6, 0, advantage).loss - tokenLoss(loss, logRatio - 1e-6, 0, advantage).loss;
        assert.ok(Math.abs(difference / 2e-6 - slope) < 1e-6 * Math.max(1, Math.abs(slope)) + 1e-5);
      }),
    );
  });

  test('of cross-entropy is the weighted negative log-likelihood', () => {
    assert.deepEqual(tokenLoss({ kind: 'cross-entropy' }, -3, Number.NaN, 0.5), { loss: 1.5, slope: -0.5, ratio: 1, clipped: null, capped: false });
  });
});
