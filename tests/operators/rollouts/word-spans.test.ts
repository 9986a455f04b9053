import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isWordBoundary, wordSpans } from '../../../operators/rollouts/word-spans.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'B', 'é', 'e\u0301', '𝒳', '東', '京', ' ', "'", '.', '-', '7', ',', '\n', '[mask]'), maxLength: 40 });

test('words are what lies between boundaries, with a letter or a digit', () => {
  assert.deepEqual(wordSpans("It isn't so: 7.5 km.").map(({ start, end }) => [start, end]), [[0, 2], [3, 8], [9, 11], [13, 16], [17, 19]]);
  fc.assert(
    fc.property(text, (own) => {
      const isBoundary = isWordBoundary(own);
      for (const { start, end } of wordSpans(own)) assert.ok(isBoundary(start) && isBoundary(end));
    }),
  );
});

test('boundaries are those of the whole text cut into segments', () => {
  fc.assert(
    fc.property(text, (own) => {
      const cuts = new Set([...new Intl.Segmenter('en', { granularity: 'word' }).segment(own)].map(({ index }) => index).concat(0, own.length));
      const isBoundary = isWordBoundary(own);
      for (let offset = 0; offset <= own.length; offset++) assert.equal(isBoundary(offset), cuts.has(offset), `${offset}`);
    }),
  );
});
