import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { uniforms } from '../../../operators/flow/seeds.ts';
import { barrenRollouts, countRollouts } from '../../../operators/health/barren-rollouts.ts';
import { gameInstability } from '../../../operators/health/game-instability.ts';
import { heldOutOf, objectiveHarm } from '../../../operators/health/objective-harm.ts';
import { pickImbalance, stepPicks } from '../../../operators/health/pick-imbalance.ts';
import { predictionRewardError } from '../../../operators/health/reward-error.ts';
import type { ScoredGroups } from '../../../schemas/records/edges.ts';
import type { EvaluationRow } from '../../../schemas/records/evaluation-row.ts';

const points = (means: readonly number[], error = 0) => means.map((mean, step) => ({ step, mean, error }));
const unit = fc.double({ min: 0, max: 1, noNaN: true });

describe('gameInstability', () => {
  test('is the standard deviation about the line: by hand', () => {
    // Line through 0, 1, 0, 1 at 0..3: slope 0.2, residuals -0.2, 0.6, -0.6, 0.2: sum of squares 0.8 over 2.
    assert.ok(Math.abs(gameInstability(points([0, 1, 0, 1]))! - Math.sqrt(0.4)) < 1e-12);
  });

  test('a straight line does not swing, however steep', () => {
    fc.assert(
      fc.property(unit, unit, fc.integer({ min: 4, max: 40 }), (from, to, count) => {
        const line = Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
        assert.ok(gameInstability(points(line))! < 1e-7);
      }),
    );
  });

  test('what chance alone makes of a steady game is no swing', () => {
    const error = 0.05;
    let above = 0;
    for (let run = 0; run < 2000; run++) {
      const draw = uniforms(run);
      const noise = (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw()) * error;
      if (gameInstability(points(Array.from({ length: 10 }, () => 0.5 + noise()), error))! > 0) above++;
    }
    assert.ok(above <= 8, `${above} of 2000 windows, where 2.7 are due`);
  });

  test('is the same swing whatever its period', () => {
    const swing = (period: number) => gameInstability(points(Array.from({ length: 24 }, (_, step) => 0.5 + 0.3 * Math.cos((2 * Math.PI * step) / period)), 0.02))!;
    for (const period of [2.1, 3, 4, 6, 8]) assert.ok(Math.abs(swing(period) - 0.3 / Math.SQRT2) < 0.02, `${period}: ${swing(period)}`);
  });

  test('cannot be told of three steps', () => assert.equal(gameInstability(points([0, 1, 0])), null));
});

describe('barrenRollouts', () => {
  const line = (role: 'mask' | 'predict', admitted: number, trained: number) => ({ role, admitted, trained, dropped: [{ reason: 'all-zero', count: admitted - trained }], deadLettered: [] });

  test('is the share of both roles that took no part in an update', () => {
    const steps = [[line('mask', 12, 0), line('predict', 48, 8)], [line('mask', 12, 12), line('predict', 28, 0)]].map(countRollouts);
    assert.deepEqual(steps, [{ admitted: 60, trained: 8 }, { admitted: 40, trained: 12 }]);
    assert.equal(barrenRollouts(steps), 0.8);
  });

  test('cannot be told where nothing was sampled', () => assert.equal(barrenRollouts([countRollouts([]), countRollouts([line('mask', 0, 0)])]), null));
});

describe('pickImbalance', () => {
  const share = (...steps: readonly (readonly [string, string])[][]) => pickImbalance(steps.map((step) => stepPicks(step.map(([paragraphId, maskText]) => ({ paragraphId, maskText })))));

  test('a paragraph has one vote, whatever the number of its masks', () => {
    assert.deepEqual(share([['a', 'Oslo'], ['a', 'Oslo'], ['a', 'Bergen'], ['b', 'Rome']]), { share: 1 / 2, text: 'rome' });
  });

  test('votes of the steps are added, and texts that differ in case or outer punctuation are one', () => {
    assert.deepEqual(share([['a', 'In the north,']], [['b', 'in the north'], ['c', 'Rome']], [['d', '(IN THE NORTH)']]), { share: 3 / 4, text: 'in the north' });
    assert.deepEqual(share([['a', '...']]), { share: 1, text: '...' });
  });

  test('lies in (0, 1], and is at least one over the number of texts', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('x', 'y', 'z')), { minLength: 1 }), (step) => {
        const found = share(step)!;
        assert.ok(found.share <= 1 && found.share >= 1 / new Set(step.map(([, text]) => text)).size - 1e-12);
      }),
    );
  });

  test('nothing picked is no share', () => assert.equal(share([], []), null));
});

describe('objectiveHarm', () => {
  const rows = (step: number, correct: readonly boolean[]): EvaluationRow[] =>
    correct.map((right, i) => ({ step, kind: 'cloze', itemId: `${i}`, sampleIndex: 0, spanClass: 'name', expected: 'a', answer: 'a', responseText: '', correct: right }));
  const heldOut = (step: number, correct: readonly boolean[]) => heldOutOf(rows(step, correct))!;
  const sure = Array<boolean>(40).fill(true);

  test('is the mean fall less twice its standard error over items: by hand', () => {
    const latest = sure.map((_, i) => i >= 10); // 10 of 40 fall by 1
    const error = Math.sqrt((10 * 0.75 ** 2 + 30 * 0.25 ** 2) / 39 / 40);
    assert.ok(Math.abs(objectiveHarm(heldOut(1, sure), heldOut(2, latest)) - (0.25 - 2 * error)) < 1e-12);
  });

  test('answers that change places are no harm, nor is a rise', () => {
    const half = sure.map((_, i) => i % 2 === 0);
    assert.equal(objectiveHarm(heldOut(1, half), heldOut(2, half.map((right) => !right))), 0);
    assert.equal(objectiveHarm(heldOut(1, half), heldOut(2, sure)), 0);
  });

  test('several answers of an item are one figure of it', () => {
    const twice = heldOutOf([...rows(3, [true, false]), ...rows(3, [false, false])])!;
    assert.deepEqual([twice.accuracy, [...twice.ofItem]], [0.25, [['0', 0.5], ['1', 0]]]);
  });

  test('probes of masks are no held-out answers', () => assert.equal(heldOutOf(rows(1, [true]).map((row) => ({ ...row, kind: 'mask-probe' as const }))), null));
});

describe('predictionRewardError', () => {
  const scored = (...paragraphs: readonly (readonly number[])[]) => paragraphs.map((rewards) => ({ groups: [{ role: 'mask', rewards: [9] }, { role: 'predict', rewards }] })) as unknown as ScoredGroups[];

  test('of paragraphs of one size, it is that of their means', () => {
    // Means 1, 0.5, 0: variance 0.25, over 3.
    assert.ok(Math.abs(predictionRewardError(scored([1, 1], [1, 0], [0, 0]))! - Math.sqrt(0.25 / 3)) < 1e-12);
  });

  test('paragraphs without predictions do not count, and of one nothing can be told', () => {
    assert.equal(predictionRewardError(scored([1, 0], [])), null);
    assert.equal(predictionRewardError(scored([1, 1], [1, 1], [])), 0);
  });
});
