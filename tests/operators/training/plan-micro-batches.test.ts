import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { TrainingGroup } from '../../../operators/ports/engine.ts';
import { planMicroBatches } from '../../../operators/training/plan-micro-batches.ts';
import { treeTokens } from '../../tree-tokens.ts';

let unique = 0;
const tokens = (count: number) => Array.from({ length: count }, () => unique++);
const ofTokens = (name: string, promptTokens: readonly number[], responses: readonly (readonly number[])[]): TrainingGroup => ({
  promptTokens,
  responses: responses.map((response, i) => ({ id: `${name}/${i}`, tokens: response, logprobs: response, advantage: 1 })),
});
/** Nothing in common with any other. A response takes a position less than it has tokens. */
const group = (name: string, prompt: number, responses: readonly number[]) => ofTokens(name, tokens(prompt), responses.map((length) => tokens(length + 1)));
const ids = (batches: readonly (readonly TrainingGroup[])[]) => batches.map((batch) => batch.map((part) => part.responses.map((response) => response.id).join('+')));

describe('planMicroBatches', () => {
  test('keeps to the budget, and takes micro-batches of like size where that costs nothing', () => {
    const groups = [group('a', 10, [5, 5]), group('b', 10, [5, 5]), group('c', 5, [5])];
    assert.deepEqual(ids(planMicroBatches(groups, 50)), [['a/0+a/1', 'b/0+b/1', 'c/0']]);
    for (const budget of [49, 40, 30]) assert.deepEqual(ids(planMicroBatches(groups, budget)), [['a/0+a/1'], ['b/0+b/1', 'c/0']]);
    assert.deepEqual(ids(planMicroBatches(groups, 29)), [['a/0+a/1'], ['b/0+b/1'], ['c/0']]);
  });

  test('counts once what prompts have in common', () => {
    const [start, answer] = [tokens(20), tokens(4)];
    const groups = ['a', 'b', 'c'].map((name) => ofTokens(name, [...start, ...tokens(5)], [answer]));
    assert.deepEqual(ids(planMicroBatches(groups, 20 + 3 * (5 + 3))), [['a/0', 'b/0', 'c/0']]);
    assert.deepEqual(ids(planMicroBatches(groups, 20 + 3 * (5 + 3) - 1)), [['a/0', 'b/0'], ['c/0']]);
  });

  test('splits a group that is too large alone, each part with the prompt', () => {
    const batches = planMicroBatches([group('a', 10, [5, 5, 5])], 20);
    assert.deepEqual(ids(batches), [['a/0+a/1'], ['a/2']]);
    assert.ok(batches.flat().every((part) => part.promptTokens.length === 10));
  });

  test('a group without responses takes no part', () => {
    for (const budget of [1, 50]) assert.deepEqual(ids(planMicroBatches([group('a', 10, []), group('b', 10, [5])], budget)), [['b/0']]);
  });

  test('a response that fits in no budget is a micro-batch of its own', () => {
    assert.deepEqual(ids(planMicroBatches([group('a', 10, [1, 50, 1])], 20)), [['a/0'], ['a/1'], ['a/2']]);
  });

  test('nothing to train makes no micro-batch', () => {
    assert.deepEqual(planMicroBatches([], 100), []);
  });

  test('keeps every response once and in order, and exceeds the budget only where one response alone does', () => {
    const few = (maxLength: number) => fc.array(fc.nat(1), { minLength: 1, maxLength });
    const groups = fc.array(fc.tuple(few(30), fc.array(few(30), { minLength: 1, maxLength: 6 })), { maxLength: 8 });
    fc.assert(
      fc.property(groups, fc.integer({ min: 1, max: 100 }), (shapes, budget) => {
        const whole = shapes.map(([prompt, responses], i) => ofTokens(String(i), prompt, responses));
        const batches = planMicroBatches(whole, budget);
        const responses = (parts: readonly TrainingGroup[]) => parts.flatMap((part) => part.responses);
        assert.deepEqual(responses(batches.flat()), responses(whole));
        for (const batch of batches) assert.ok(treeTokens(batch) <= budget || responses(batch).length === 1, `${treeTokens(batch)} > ${budget}`);
      }),
    );
  });
});
