import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { uniforms } from '../../../operators/flow/seeds.ts';
import { contentSpans, drawContentSpan } from '../../../operators/rollouts/content-spans.ts';
import { sampleText } from '../../sample-paragraph.ts';

const found = (text: string) => contentSpans(text).map(({ start, end, kind }) => `${kind}: ${text.slice(start, end)}`);

describe('contentSpans', () => {
  test('finds names and numbers, and no words that begin a sentence', () => {
    assert.deepEqual(found(sampleText), [
      'name: Loire',
      'name: France',
      'name: Massif Central',
      'number: 1006',
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

  test('knows letters beyond ASCII', () => {
    assert.deepEqual(found('die Stadt Århus in Österreich'), ['name: Stadt Århus', 'name: Österreich']);
  });
});

describe('drawContentSpan', () => {
  test('draws kinds by their weight among those there are', () => {
    const draw = uniforms(5);
    const spans = contentSpans(sampleText);
    const kinds = Array.from({ length: 4000 }, () => drawContentSpan(spans, draw)!.kind);
    const names = kinds.filter((kind) => kind === 'name').length / kinds.length;
    assert.ok(Math.abs(names - 0.7) < 0.03, `${names}`);
    const numbers = spans.filter((span) => span.kind === 'number');
    assert.equal(drawContentSpan(numbers, draw)!.kind, 'number');
  });

  test('has nothing to draw in a text without content', () => {
    assert.equal(drawContentSpan(contentSpans('it is so'), uniforms(1)), null);
  });
});
