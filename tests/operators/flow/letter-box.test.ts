import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createLetterBox } from '../../../operators/flow/letter-box.ts';
import type { DeadLetter } from '../../../schemas/records/dead-letter.ts';

const lastStep = 3;

const letter = fc.record({
  stage: fc.constantFrom('corpus', 'generate-masks', 'update'),
  code: fc.constantFrom('INPUT_MALFORMED', 'NOT_A_NUMBER'),
  message: fc.constantFrom('a', 'b'),
  role: fc.constant(null),
  recordId: fc.option(fc.constantFrom('x', 'y')),
  step: fc.option(fc.nat(lastStep)),
  file: fc.option(fc.constantFrom('f', 'g')),
  pageId: fc.option(fc.constantFrom('1', '2')),
  byteOffset: fc.option(fc.nat(3)),
}, { noNullPrototype: true });

test('letters are taken once, in an order that does not depend on the order in which they came', () => {
  fc.assert(
    fc.property(fc.array(letter), (letters) => {
      const taken = (given: readonly DeadLetter[]): DeadLetter[] => {
        const box = createLetterBox();
        given.forEach(box.put);
        const all = box.take(lastStep);
        assert.deepEqual(box.take(lastStep), []);
        return all;
      };
      assert.deepEqual(taken(letters), taken(letters.toReversed()));
      assert.equal(taken(letters).length, letters.length);
    }),
  );
});

test('an unknown byte offset comes before offset 0', () => {
  const known: DeadLetter = { stage: 'corpus', code: 'INPUT_MALFORMED', message: 'a', role: null, recordId: null, step: null, file: 'f', pageId: '1', byteOffset: 0 };
  const unknown: DeadLetter = { ...known, byteOffset: null };
  for (const letters of [[known, unknown], [unknown, known]]) {
    const box = createLetterBox();
    letters.forEach(box.put);
    assert.deepEqual(box.take(lastStep), [unknown, known]);
  }
});

test('a step takes its own letters, those before, and those of no step; the rest waits for later ones', () => {
  fc.assert(
    fc.property(fc.array(letter), fc.nat(lastStep), (letters, step) => {
      const box = createLetterBox(undefined, letters);
      const taken = box.take(step);
      assert.ok(taken.every((each) => each.step === null || each.step <= step));
      assert.ok(box.rest().every((each) => each.step !== null && each.step > step));
      assert.equal(taken.length + box.rest().length, letters.length);
      assert.deepEqual(box.take(lastStep), createLetterBox(undefined, letters.filter((each) => each.step !== null && each.step > step)).take(lastStep));
    }),
  );
});
