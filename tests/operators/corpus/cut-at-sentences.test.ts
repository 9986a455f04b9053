import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutAtSentences } from '../../../operators/corpus/cut-at-sentences.ts';
import { splitSentences } from '../../../operators/corpus/split-sentences.ts';

const words = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;
const sentences = (text: string): string[] => splitSentences(text).map((sentence) => sentence.trim());

test('sentences end where sentences end', () => {
  assert.deepEqual(sentences('It rained. Did it? Yes! "So it did." He left (at noon). The end.'), ['It rained.', 'Did it?', 'Yes!', '"So it did."', 'He left (at noon).', 'The end.']);
  assert.deepEqual(sentences('它下雨了。是嗎？是的！'), ['它下雨了。', '是嗎？', '是的！']);
});

test('titles, initials and other abbreviations end no sentence', () => {
  for (const text of ['Dr. Smith met Mr. J. R. R. Tolkien of St. Louis.', 'The U.S. Army vs. the Navy.', 'Born c. 1900 (fl. 1930) in Washington D.C. Area.', 'See Fig. 3 and vol. 2, pp. 4.', 'Inc. Magazine wrote e.g. Apple.']) {
    assert.deepEqual(sentences(text), [text]);
  }
});

test('sentences joined are the paragraph again', () => {
  const piece = fc.constantFrom('A. ', 'word ', 'Dr. ', 'End. ', 'What? ', '. ', '“No.” ', '。', 'x'.repeat(3000), ' ', '\n', '3.5 ');
  fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => assert.equal(splitSentences(pieces.join('')).join(''), pieces.join(''))), { numRuns: 200 });
});

test('what fits stays whole, what is too short is counted', () => {
  assert.deepEqual(cutAtSentences('One two three.', words, { minTokens: 2, maxTokens: 5 }), { pieces: [{ text: 'One two three.', tokenCount: 3 }], tooShort: 0, tooLong: 0 });
  assert.deepEqual(cutAtSentences('One.', words, { minTokens: 2, maxTokens: 5 }), { pieces: [], tooShort: 1, tooLong: 0 });
});

test('an over-long paragraph is cut at sentences, and a sentence that is too long alone is counted', () => {
  const text = 'One two three. Four five. Six seven eight nine ten eleven twelve. A b c d. E.';
  assert.deepEqual(cutAtSentences(text, words, { minTokens: 2, maxTokens: 5 }), {
    pieces: [
      { text: 'One two three. Four five.', tokenCount: 5 },
      { text: 'A b c d. E.', tokenCount: 5 },
    ],
    tooShort: 0,
    tooLong: 1,
  });
});

test('every piece is within the limits and made of whole sentences, whatever the tokenizer', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 });
  const sentence = (length: number, place: number): string => `${Array.from({ length }, (_, i) => `W${place}x${i}y`).join(' ')}. `;
  const limits = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 30 })).map(([minTokens, more]) => ({ minTokens, maxTokens: minTokens + more }));
  const tokenizers = [words, (text: string) => text.length, (text: string) => Math.ceil(text.length / 4) + (text.startsWith('W') ? 2 : 0)];
  fc.assert(
    fc.property(lengths, limits, fc.constantFrom(...tokenizers), (counts, limit, countTokens) => {
      const text = counts.map(sentence).join('').trim();
      const { pieces } = cutAtSentences(text, countTokens, limit);
      let at = 0;
      for (const piece of pieces) {
        assert.equal(piece.tokenCount, countTokens(piece.text));
        assert.ok(piece.tokenCount >= limit.minTokens && piece.tokenCount <= limit.maxTokens);
        const found = text.indexOf(piece.text, at);
        assert.ok(found >= at && piece.text.endsWith('.'));
        assert.ok(found === 0 || text[found - 2] === '.');
        at = found + piece.text.length;
      }
    }),
    { numRuns: 300 },
  );
});
