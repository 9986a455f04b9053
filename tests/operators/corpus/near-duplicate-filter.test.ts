import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minHash, similarity } from '../../../operators/corpus/min-hash.ts';
import { NearDuplicateFilter } from '../../../operators/corpus/near-duplicate-filter.ts';
import { drawInt, uniforms } from '../../../operators/flow/seeds.ts';

const draw = uniforms(7);
const text = (words: number): string[] => Array.from({ length: words }, () => `w${drawInt(draw, 5000)}`);
const shingles = (words: readonly string[]): Set<string> => new Set(words.slice(2).map((_, i) => words.slice(i, i + 3).join(' ')));
function jaccard(a: readonly string[], b: readonly string[]): number {
  const [x, y] = [shingles(a), shingles(b)];
  const both = [...x].filter((shingle) => y.has(shingle)).length;
  return both / (x.size + y.size - both);
}
/** `words` with a share of them replaced, at random places. */
const changed = (words: readonly string[], share: number): string[] => words.map((word) => (draw() < share ? `n${drawInt(draw, 5000)}` : word));

test('the estimate is the Jaccard similarity of three-word shingles, within its standard error', () => {
  let squares = 0;
  const runs = 200;
  for (let i = 0; i < runs; i++) {
    const a = text(120);
    const b = changed(a, (i % 10) / 20);
    squares += (similarity(minHash(a.join(' ')), 0, minHash(b.join(' ')), 0) - jaccard(a, b)) ** 2;
  }
  assert.ok(Math.sqrt(squares / runs) < 0.05, `${Math.sqrt(squares / runs)}`);
});

test('case and punctuation do not matter for similarity', () => {
  assert.equal(similarity(minHash('The cat, sat on: the mat!'), 0, minHash('the CAT sat on the mat'), 0), 1);
});

for (const threshold of [0.3, 0.6, 0.8]) {
  test(`near duplicates are found at threshold ${threshold}, unrelated texts are not`, () => {
    const filter = new NearDuplicateFilter(threshold, 500);
    const originals = Array.from({ length: 300 }, () => text(100));
    for (const words of originals) assert.equal(filter.seen(words.join(' ')), false);
    let found = 0;
    let wanted = 0;
    for (const words of originals) {
      const copy = changed(words, 0.02);
      if (jaccard(words, copy) < threshold + 0.1) continue;
      wanted++;
      if (filter.seen(copy.join(' '))) found++;
    }
    assert.ok(wanted > 20 && found / wanted > 0.95, `${found} of ${wanted}`);
  });
}

test('at threshold 1 only exact copies are found', () => {
  const filter = new NearDuplicateFilter(1, 10);
  assert.deepEqual(['A b c.', 'a b c.', 'A b c.', 'A b c d.', 'A b c d.'].map((t) => filter.seen(t)), [false, false, true, false, true]);
});

test('texts are forgotten after the capacity, and not before', () => {
  for (const threshold of [0.3, 0.8, 1]) {
    const filter = new NearDuplicateFilter(threshold, 5);
    const texts = Array.from({ length: 6 }, () => text(50).join(' '));
    for (const t of texts) filter.seen(t);
    assert.equal(filter.seen(texts[0]!), false, 'six back');
    assert.equal(filter.seen(texts[3]!), true, 'four back');
  }
});

test('the memory is a function of the last texts alone', () => {
  const pool = Array.from({ length: 12 }, () => text(40));
  const stream = Array.from({ length: 400 }, () => changed(pool[drawInt(draw, pool.length)]!, draw() < 0.5 ? 0 : 0.05).join(' '));
  for (const threshold of [0.4, 0.8, 1]) {
    const whole = new NearDuplicateFilter(threshold, 20);
    const answers = stream.map((t) => whole.seen(t));
    for (const start of [20, 137, 300]) {
      const late = new NearDuplicateFilter(threshold, 20);
      for (const t of stream.slice(start - 20, start)) late.seen(t);
      assert.deepEqual(stream.slice(start).map((t) => late.seen(t)), answers.slice(start));
    }
  }
});
