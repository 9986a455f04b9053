import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { distance, nearest } from '../../../infra/config/nearest.ts';

const word = fc.stringMatching(/^[a-z]{0,8}$/);

test('one edit is one apart: left out, put in, replaced, swapped', () => {
  for (const wrong of ['sed', 'seeed', 'seet', 'sede']) assert.equal(distance('seed', wrong), 1, wrong);
});

test('writing a key with capitals, _ or - is no distance at all', () => {
  assert.equal(distance('max_prompt-Tokens', 'maxPromptTokens'), 0);
});

test('a distance is symmetric, zero for equal words alone, and at most the longer length', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      assert.equal(distance(a, b), distance(b, a));
      assert.equal(distance(a, b) === 0, a === b);
      assert.ok(distance(a, b) <= Math.max(a.length, b.length));
      assert.ok(distance(a, b) >= Math.abs(a.length - b.length));
    }),
  );
});

test('the nearest is a known word, and a known word is nearest to itself', () => {
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 6 }), word, (known, other) => {
      assert.ok(known.includes(nearest(other, known)));
      for (const own of known) assert.equal(nearest(own, known), own);
    }),
  );
});
