import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { TrainingGroup } from '../../../operators/ports/engine.ts';
import { packedTokens, planMicroBatches } from '../../../operators/training/plan-micro-batches.ts';

const tokens = (count: number) => Array.from({ length: count }, (_, i) => i);
const group = (name: string, prompt: number, responses: readonly number[]): TrainingGroup => ({
  promptTokens: tokens(prompt),
  responses: responses.map((length, i) => ({ id: `${name}/${i}`, tokens: tokens(length), logprobs: tokens(length), advantage: 1 })),
});
const ids = (batches: readonly (readonly TrainingGroup[])[]) => batches.map((batch) => batch.map((part) => part.responses.map((response) => response.id).join('+')));

describe('planMicroBatches', () => {
  test('a group costs its prompt once and all its responses', () => {
    assert.equal(packedTokens(group('a', 10, [3, 4])), 17);
  });

  test('fills micro-batches in order up to the budget', () => {
    const groups = [group('a', 10, [5, 5]), group('b', 10, [5, 5]), group('c', 5, [5])];
    assert.deepEqual(ids(planMicroBatches(groups, 40)), [['a/0+a/1', 'b/0+b/1'], ['c/0']]);
    assert.deepEqual(ids(planMicroBatches(groups, 39)), [['a/0+a/1'], ['b/0+b/1', 'c/0']]);
  });

  test('splits a group that is too large alone, each part with the prompt', () => {
    const batches = planMicroBatches([group('a', 10, [5, 5, 5])], 20);
    assert.deepEqual(ids(batches), [['a/0+a/1'], ['a/2']]);
    assert.ok(batches.flat().every((part) => part.promptTokens.length === 10));
  });

  test('a response that fits in no budget is a micro-batch of its own', () => {
    assert.deepEqual(ids(planMicroBatches([group('a', 10, [1, 50, 1])], 20)), [['a/0'], ['a/1'], ['a/2']]);
  });

  test('nothing to train makes no micro-batch', () => {
    assert.deepEqual(planMicroBatches([], 100), []);
  });

  test('keeps every response once and in order, and exceeds the budget only where one response alone does', () => {
    const groups = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 })), { maxLength: 8 });
    fc.assert(
      fc.property(groups, fc.integer({ min: 1, max: 100 }), (shapes, budget) => {
        const whole = shapes.map(([prompt, responses], i) => group(String(i), prompt, responses));
        const batches = planMicroBatches(whole, budget);
        const responses = (parts: readonly TrainingGroup[]) => parts.flatMap((part) => part.responses);
        assert.deepEqual(responses(batches.flat()), responses(whole));
        for (const batch of batches) {
          const size = batch.reduce((sum, part) => sum + packedTokens(part), 0);
          assert.ok(size <= budget || responses(batch).length === 1, `${size} > ${budget}`);
        }
      }),
    );
  });
});
