import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadTokenizer } from '../../../infra/tokenizer/load-tokenizer.ts';
import { tokenSpans } from '../../../operators/rollouts/token-spans.ts';
import { samplePath } from '../../../pipelines/resolve-sample.ts';
import { createStubTokenizer } from '../../stub-tokenizer.ts';

const bundled = await loadTokenizer(samplePath('model'));
const bytes = createStubTokenizer();

test('the tokens of a text lie side by side and cover it', () => {
  for (const tokenizer of [bytes, bundled]) {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const tokens = tokenizer.encode(text);
        const spans = tokenSpans(text, tokens, tokenizer);
        assert.equal(spans.length, tokens.length);
        const places = spans.filter((span, i) => span !== spans[i - 1]);
        assert.equal(places.map(({ start, end }) => text.slice(start, end)).join(''), text);
        for (const [i, { start, end }] of places.entries()) assert.ok(end > start && start === (places[i - 1]?.end ?? 0));
      }),
    );
  }
});

test('tokens that make a character together share its place and are none of them whole', () => {
  const spans = tokenSpans('aé', bytes.encode('aé'), bytes);
  assert.deepEqual(spans, [{ start: 0, end: 1, whole: true }, { start: 1, end: 2, whole: false }, { start: 1, end: 2, whole: false }]);
});

test('the space before a word belongs to its token, also where the decoder leaves it out', () => {
  const words = ['the', 'river', 'Ost'];
  const spans = tokenSpans('the river Ost', [0, 1, 2], { decode: (tokens) => tokens.map((token) => words[token]!).join(' ') });
  assert.deepEqual(spans.map(({ start, end }) => [start, end]), [[0, 3], [3, 9], [9, 13]]);
});

test('where the tokenizer writes another text the places end', () => {
  const spans = tokenSpans('THE river', [0, 1], { decode: (tokens) => tokens.map((token) => ['THE', ' lake'][token]!).join('') });
  assert.deepEqual(spans, [{ start: 0, end: 3, whole: true }]);
});
