import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { wordsBefore } from '../../../operators/rollouts/words-before.ts';

const text = 'Lyon is a city. It lies, as the Romans "saw," on the Rhone.';

test('the words of the sentence before a place, the last ones where there are more', () => {
  assert.equal(wordsBefore(text, text.indexOf('city'), 6), 'Lyon is a');
  assert.equal(wordsBefore(text, text.indexOf('Rhone'), 3), '"saw," on the');
});

test('nothing stands before the start of a sentence', () => {
  assert.equal(wordsBefore(text, 0, 6), '');
  assert.equal(wordsBefore(text, text.indexOf('It'), 6), '');
});

test('what is given stands right before the place, but for white space', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(100), fc.integer({ min: 1, max: 8 }), (any, place, most) => {
      const at = Math.min(place, any.length);
      const words = wordsBefore(any, at, most);
      assert.ok(any.slice(0, at).replace(/\s+/gu, ' ').trimEnd().endsWith(words));
      assert.ok(words === '' || words.split(' ').length <= most);
    }),
  );
});
