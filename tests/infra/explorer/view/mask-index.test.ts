import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { MaskDigest, StepDigest } from '../../../../infra/explorer/log/step-digest.ts';
import { MaskIndex } from '../../../../infra/explorer/view/mask-index.ts';
import { masksAt } from '../../../../infra/explorer/view/masks-at.ts';
import { noFilter, type MaskFilter } from '../../../../infra/explorer/view/mask-filter.ts';
import { selectMasks } from '../../../../infra/explorer/view/select-masks.ts';
import { maskRejections } from '../../../../schemas/records/mask-rollout.ts';
import { dropReasons } from '../../../../schemas/records/scored-group.ts';

const mask = (changes: Partial<MaskDigest>): MaskDigest => ({ slot: 0, index: 0, text: 'Paris', rejection: null, solved: 0, attempts: 4, agreeing: 0, spanClass: 'name', predictFate: 'kept', maskFate: 'kept', ...changes });
const digest = (step: number, ...masks: Partial<MaskDigest>[]): StepDigest => ({
  step,
  paragraphs: [...new Set(masks.map(({ slot = 0 }) => slot))].map((slot) => ({ slot, title: `Title ${slot}`, key: `key ${slot}` })),
  masks: masks.map((changes, index) => mask({ index, ...changes })),
});

function indexOf(...digests: StepDigest[]): MaskIndex {
  const index = new MaskIndex();
  for (const each of digests) index.add(each);
  return index;
}

/** `step/slot/index` of what a filter lets through. */
function found(index: MaskIndex, filter: Partial<MaskFilter>): string[] {
  return Array.from(selectMasks(index, { ...noFilter, ...filter }), (row) => {
    const { step, slot, index: at } = index.mask(row);
    return `${step}/${slot}/${at}`;
  });
}

test('what goes in comes out, however many masks and in whatever order of steps', () => {
  const fate = fc.option(fc.constantFrom('kept' as const, ...dropReasons), { nil: null });
  const arbitrary = fc.record({ text: fc.string({ unit: 'binary' }), rejection: fc.option(fc.constantFrom(...maskRejections), { nil: null }), solved: fc.nat(64), attempts: fc.nat(64), agreeing: fc.nat(64), spanClass: fc.string(), predictFate: fate, maskFate: fate }, { noNullPrototype: true });
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 5 }), fc.array(arbitrary, { maxLength: 400 }), (steps, masks) => {
      const index = new MaskIndex();
      for (const step of steps) index.add(digest(step, ...masks));
      assert.equal(index.length, steps.length * masks.length);
      for (const step of steps) {
        const back = masksAt(index, { step, slot: 0 }).map(({ text, rejection, solved, attempts, agreeing, spanClass, predictFate, maskFate }) => ({ text, rejection, solved, attempts, agreeing, spanClass, predictFate, maskFate }));
        assert.deepEqual(back, masks);
      }
    }),
    { numRuns: 20 },
  );
});

test('a step that comes twice counts once', () => {
  assert.equal(indexOf(digest(1, {}), digest(1, {}, {})).length, 1);
});

test('filters by role and outcome', () => {
  const index = indexOf(digest(1, { solved: 0 }, { solved: 2 }, { solved: 4 }, { rejection: 'no-mask', attempts: 0, text: '' }));
  assert.deepEqual(found(index, {}), ['1/0/0', '1/0/1', '1/0/2']);
  assert.deepEqual(found(index, { outcome: 'never' }), ['1/0/0']);
  assert.deepEqual(found(index, { outcome: 'some' }), ['1/0/1']);
  assert.deepEqual(found(index, { outcome: 'always' }), ['1/0/2']);
  assert.deepEqual(found(index, { role: 'mask' }).length, 4);
  assert.deepEqual(found(index, { role: 'mask', outcome: 'paid' }), ['1/0/1']);
  assert.deepEqual(found(index, { role: 'mask', outcome: 'unusable' }), ['1/0/3']);
  assert.deepEqual(found(index, { role: 'mask', outcome: 'no-mask' }), ['1/0/3']);
  assert.deepEqual(found(index, { role: 'mask', outcome: 'not-in-paragraph' }), []);
});

test('filters by what became of the group, of the role asked for', () => {
  const index = indexOf(digest(1, { predictFate: 'all-one', maskFate: 'kept' }, { predictFate: 'kept', maskFate: 'all-equal' }));
  assert.deepEqual(found(index, { fate: 'kept' }), ['1/0/1']);
  assert.deepEqual(found(index, { fate: 'dropped' }), ['1/0/0']);
  assert.deepEqual(found(index, { fate: 'all-one' }), ['1/0/0']);
  assert.deepEqual(found(index, { fate: 'all-zero' }), []);
  assert.deepEqual(found(index, { role: 'mask', fate: 'all-equal' }), ['1/0/1']);
});

test('filters by step, length, text and duplicates', () => {
  const index = indexOf(digest(1, { text: 'Paris' }, { text: 'Rome' }, { text: 'Paris' }), digest(2, { text: 'Paris', slot: 1 }));
  assert.deepEqual(found(index, { fromStep: 2 }), ['2/1/0']);
  assert.deepEqual(found(index, { toStep: 1, maxLength: 4 }), ['1/0/1']);
  assert.deepEqual(found(index, { minLength: 5, toStep: 1 }), ['1/0/0', '1/0/2']);
  assert.deepEqual(found(index, { text: 'ROM' }), ['1/0/1']);
  assert.deepEqual(found(index, { text: 'title 1' }), ['2/1/0']);
  assert.deepEqual(found(index, { duplicates: 'only' }), ['1/0/0', '1/0/2']);
  assert.deepEqual(found(index, { duplicates: 'first' }), ['1/0/0', '1/0/1', '2/1/0']);
});

test('filters by class; one that no mask has lets none through', () => {
  const index = indexOf(digest(1, { spanClass: 'name' }, { spanClass: 'number' }, { spanClass: 'no-mask', rejection: 'no-mask' }), digest(2, { spanClass: 'number' }));
  assert.deepEqual(index.classes, ['name', 'number', 'no-mask']);
  assert.deepEqual(found(index, { spanClass: 'number' }), ['1/0/1', '2/0/0']);
  assert.deepEqual(found(index, { spanClass: 'noise', role: 'mask' }), []);
  assert.deepEqual(found(index, { spanClass: 'no-mask', role: 'mask' }), ['1/0/2']);
  assert.deepEqual(found(index, { spanClass: 'no-mask' }), []);
});

test('the hardest: the smallest share first, then the text that failed most in the whole run', () => {
  const index = indexOf(digest(1, { text: 'a', solved: 1 }, { text: 'b', solved: 0 }, { text: 'c', solved: 0 }), digest(2, { text: 'c', solved: 1 }));
  assert.deepEqual(found(index, { sort: 'hardest' }), ['1/0/2', '1/0/1', '2/0/0', '1/0/0']);
});

test('newly solved: the first step with a right prediction, after one without; in whatever order steps came in', () => {
  const steps = [digest(3, { text: 'late', solved: 1 }), digest(1, { text: 'late' }, { text: 'early', solved: 2 }), digest(4, { text: 'late', solved: 4 }), digest(2, { text: 'early', solved: 1 })];
  assert.deepEqual(found(indexOf(...steps), { sort: 'newly-solved' }), ['3/0/0']);
});

test('the strangest: the largest share that agrees on one wrong answer', () => {
  const index = indexOf(digest(1, { agreeing: 2 }, { agreeing: 4 }, { agreeing: 1 }, { agreeing: 2, attempts: 2 }));
  assert.deepEqual(found(index, { sort: 'strangest' }), ['1/0/1', '1/0/3', '1/0/0']);
});

test('a paragraph is found at every step that it came at, in order', () => {
  const index = indexOf(digest(5, { slot: 2 }), digest(2, { slot: 2 }, { slot: 1 }));
  assert.deepEqual(index.places('key 2'), [
    { step: 2, slot: 2 },
    { step: 5, slot: 2 },
  ]);
  assert.deepEqual(index.places('nowhere'), []);
});
