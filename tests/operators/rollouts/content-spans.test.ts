import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { uniforms } from '../../../operators/flow/seeds.ts';
import { contentSpans, drawContentSpan } from '../../../operators/rollouts/content-spans.ts';
import { sampleText } from '../../sample-paragraph.ts';

const found = (text: string) => contentSpans(text).map(({ start, end, kind }) => `${kind}: ${text.slice(start, end)}`);

describe('contentSpans', () => {
  test('finds names, numbers and rarer words, and no words that begin a sentence', () => {
    assert.deepEqual(found(sampleText), [
      'name: Loire',
      'term: longest',
      'name: France',
      'name: Massif Central',
      'number: 1006',
      'term: kilometres',
      'name: Atlantic',
    ]);
  });

  test('takes the rest of a name that begins a sentence', () => {
    assert.deepEqual(found('Marie Curie was born in 1867. Pierre met her.'), ['name: Curie', 'number: 1867']);
  });

  test('a name has at most three words; more make another', () => {
    assert.deepEqual(found('in New South Wales State House'), ['name: New South Wales', 'name: State House']);
  });

  test('numbers keep their separators', () => {
    assert.deepEqual(found('about 1,234.5 of 12%'), ['number: 1,234.5', 'number: 12']);
  });

  test('a long word that comes twice is no term', () => {
    assert.deepEqual(found('a mountain by a mountain and a valley'), []);
  });

  test('knows letters beyond ASCII', () => {
    assert.deepEqual(found('die Stadt Århus in Österreich'), ['name: Stadt Århus', 'name: Österreich']);
  });
});

describe('drawContentSpan', () => {
  test('draws kinds by their weight among those there are', () => {
    const draw = uniforms(5);
    const spans = contentSpans(sampleText);
    const kinds = Array.from({ length: 4000 }, () => drawContentSpan(spans, draw)!.kind);
    const share = (kind: string) => kinds.filter((drawn) => drawn === kind).length / kinds.length;
    assert.ok(Math.abs(share('name') - 0.45) < 0.03 && Math.abs(share('number') - 0.35) < 0.03, `${share('name')}, ${share('number')}`);
    const terms = spans.filter((span) => span.kind === 'term');
    assert.equal(drawContentSpan(terms, draw)!.kind, 'term');
  });

  test('has nothing to draw in a text without content', () => {
    assert.equal(drawContentSpan(contentSpans('it is so'), uniforms(1)), null);
  });
});
