import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { TrainingGroup } from '../../../operators/ports/engine.ts';
import { cutByTokens } from '../../../operators/training/cut-by-tokens.ts';
import { treeTokens } from '../../tree-tokens.ts';

const few = fc.array(fc.nat(1), { minLength: 1, maxLength: 60 });
const groups: fc.Arbitrary<TrainingGroup[]> = fc.array(
  fc.record({ promptTokens: few, responses: fc.array(few, { minLength: 1, maxLength: 3 }).map((all) => all.map((tokens, i) => ({ id: String(i), tokens, logprobs: [], advantage: 1 }))) }),
  { maxLength: 7 },
);

/** All ways to cut a list. */
function cuts<T>(items: readonly T[]): T[][][] {
  if (items.length === 0) return [[]];
  return items.flatMap((_, i) => cuts(items.slice(i + 1)).map((rest) => [items.slice(0, i + 1), ...rest]));
}

describe('cutting groups by tokens', () => {
  test('keeps groups whole and in order, within the budget, and computes no more than any other cut', () => {
    const cost = (bunches: readonly (readonly TrainingGroup[])[]) => bunches.reduce((sum, bunch) => sum + treeTokens(bunch) + 32, 0);
    fc.assert(
      fc.property(groups, fc.integer({ min: 1, max: 250 }), (given, budget) => {
        const fits = (bunch: readonly TrainingGroup[]) => bunch.length === 1 || treeTokens(bunch) <= budget;
        const bunches = cutByTokens(given, budget);
        assert.deepEqual(bunches.flat(), given);
        assert.ok(bunches.every(fits));
        assert.equal(cost(bunches), Math.min(...cuts(given).filter((cut) => cut.every(fits)).map(cost)));
      }),
    );
  });

  test('makes bunches of like size where that costs nothing', () => {
    const apart = Array.from({ length: 8 }, (_, i): TrainingGroup => ({ promptTokens: [i], responses: [{ id: String(i), tokens: Array<number>(10).fill(1), logprobs: [], advantage: 1 }] }));
    assert.deepEqual(cutByTokens(apart, 59).map((bunch) => bunch.length), [4, 4]);
  });

  test('keeps together what shares a beginning', () => {
    const group = (name: number, first: number): TrainingGroup => ({ promptTokens: [...Array<number>(100).fill(first), name], responses: [{ id: String(name), tokens: [7], logprobs: [], advantage: 1 }] });
    const bunches = cutByTokens([group(1, 0), group(2, 9), group(3, 9), group(4, 9)], 203);
    assert.deepEqual(bunches.map((bunch) => bunch.length), [1, 3]);
  });
});
