import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { uniforms } from '../../../operators/flow/seeds.ts';
import { maskToken, regulariseMask, type RegulariseMode } from '../../../operators/rollouts/regularise-mask.ts';

const text = 'The art of party art is an art: no part of it is artless.';
const never = () => assert.fail('nothing to draw');
const regularise = (answer: string | null, mode: RegulariseMode = 'default', pick: () => number = never, maxOccurrences = 8) =>
  regulariseMask(text, answer, mode, maxOccurrences, pick);
const rejectionOf = (answer: string | null, mode: RegulariseMode = 'default', maxOccurrences = 8) => {
  const mask = regularise(answer, mode, never, maxOccurrences);
  return mask.usable ? null : mask.rejection;
};

describe('regulariseMask', () => {
  test('by default replaces every occurrence, inside words too', () => {
    const mask = regularise('art');
    assert.ok(mask.usable);
    assert.equal(mask.occurrences, 6);
    assert.equal(mask.maskedText, 'The [mask] of p[mask]y [mask] is an [mask]: no p[mask] of it is [mask]less.');
  });

  test('a text that occurs maxOccurrences times is too frequent, one time fewer is not', () => {
    assert.equal(rejectionOf('art', 'default', 6), 'too-many-occurrences');
    assert.equal(rejectionOf('art', 'default', 7), null);
  });

  test('one-mask replaces the one occurrence that is drawn', () => {
    const at = (draw: number) => {
      const mask = regularise('art', 'one-mask', () => draw);
      return mask.usable ? [mask.occurrences, mask.spanStarts] : mask.rejection;
    };
    assert.deepEqual(at(0), [6, [4]]);
    assert.deepEqual(at(0.2), [6, [12]]);
    assert.deepEqual(at(0.999), [6, [49]]);
  });

  test('one-mask has the same limit on occurrences', () => {
    assert.equal(rejectionOf('art', 'one-mask', 6), 'too-many-occurrences');
  });

  test('whole-words replaces only what stands between word boundaries', () => {
    const mask = regularise('art', 'whole-words');
    assert.ok(mask.usable);
    assert.equal(mask.maskedText, 'The [mask] of party [mask] is an [mask]: no part of it is artless.');
    assert.equal(mask.occurrences, 6);
  });

  test('whole-words rejects what never does', () => {
    assert.equal(rejectionOf('arty', 'whole-words'), 'not-whole-words');
    assert.equal(rejectionOf('arty'), null);
  });

  test('content-words rejects what is made of function words alone, and else is whole-words', () => {
    for (const answer of ['of', 'The', 'of it is']) assert.equal(rejectionOf(answer, 'content-words'), 'no-content-word', answer);
    for (const answer of ['The art of', 'part', 'artless']) assert.deepEqual(regularise(answer, 'content-words'), regularise(answer, 'whole-words'), answer);
    assert.equal(rejectionOf('arty', 'content-words'), 'not-whole-words');
    assert.equal(rejectionOf(': ', 'content-words'), 'no-content-word');
    const usable = (paragraph: string, answer: string) => regulariseMask(paragraph, answer, 'content-words', 8, never).usable;
    assert.equal(usable('It was so in 1990.', '1990'), true);
    assert.deepEqual(['May', 'US', 'may'].map((answer) => usable('May it rain? It may, as it did in May in the US.', answer)), [true, true, false]);
    assert.equal(usable('May it rain? It may.', 'May'), false);
    assert.equal(regulariseMask('Река Волга течёт', 'Волга', 'content-words', 8, never).usable, true);
  });

  test('whole-words knows words of other scripts and apostrophes', () => {
    const usable = (paragraph: string, answer: string) => regulariseMask(paragraph, answer, 'whole-words', 8, never).usable;
    assert.equal(usable('Großer Ärger im Straßenverkehr', 'Ärger'), true);
    assert.equal(usable('Großer Ärger im Straßenverkehr', 'Straßen'), false);
    assert.equal(usable("It isn't so", 'isn'), false);
    assert.equal(usable('Река Волга течёт', 'Волга'), true);
  });

  test('says why a mask is not usable', () => {
    assert.equal(rejectionOf(null), 'no-mask');
    assert.equal(rejectionOf(''), 'empty-mask');
    assert.equal(rejectionOf('science'), 'not-in-paragraph');
    assert.equal(rejectionOf('Art'), 'not-in-paragraph');
    assert.equal(rejectionOf(text), 'whole-paragraph');
    assert.equal(rejectionOf(text.slice(0, -1)), 'whole-paragraph');
  });

  test('occurrences do not overlap and count from the left', () => {
    const mask = regulariseMask('an anananas is here', 'ana', 'default', 8, never);
    assert.ok(mask.usable);
    assert.deepEqual(mask.spanStarts, [3, 7]);
    assert.equal(mask.maskedText, 'an [mask]n[mask]s is here');
  });

  test('a paragraph that already holds the mask token is masked all the same', () => {
    const mask = regulariseMask('a [mask] and a word', 'word', 'default', 8, never);
    assert.ok(mask.usable);
    assert.equal(mask.maskedText, 'a [mask] and a [mask]');
    assert.deepEqual(mask.spanStarts, [15]);
  });

  test('the masked text with the answer put back at the spans is the paragraph, in every mode', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '𝒳', '[mask]', '.'), minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(letters, fc.nat(), fc.nat(), fc.constantFrom('default', 'one-mask', 'whole-words', 'content-words'), fc.nat(), (paragraph, from, length, mode: RegulariseMode, seed) => {
        const start = from % paragraph.length;
        const answer = paragraph.slice(start, start + 1 + (length % 4));
        const mask = regulariseMask(paragraph, answer, mode, 8, uniforms(seed));
        if (!mask.usable) return;
        let restored = mask.maskedText;
        for (const spanStart of mask.spanStarts) {
          assert.equal(restored.slice(spanStart, spanStart + maskToken.length), maskToken);
          restored = restored.slice(0, spanStart) + answer + restored.slice(spanStart + maskToken.length);
        }
        assert.equal(restored, paragraph);
        assert.equal(mode === 'one-mask' ? 1 : mask.spanStarts.length, mask.spanStarts.length);
        assert.ok(mask.spanStarts.length <= mask.occurrences && mask.occurrences < 8);
      }),
      { numRuns: 500 },
    );
  });

  test('what the stricter modes accept, the default accepts', () => {
    fc.assert(
      fc.property(fc.constantFrom('art', 'a', 'of p', 'art:', 'is', 'less', 'The', 'no part of'), fc.constantFrom('one-mask', 'whole-words', 'content-words'), (answer, mode: RegulariseMode) => {
        if (regularise(answer, mode, () => 0).usable) assert.ok(regularise(answer).usable);
      }),
    );
  });
});
