import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { normaliseAnswer, parseLastBraced, writeBraced } from '../../../operators/rollouts/parse-answer.ts';

const answerOf = (text: string) => parseLastBraced(text, 'mask')?.answer ?? null;

describe('parseLastBraced', () => {
  const cases: readonly (readonly [string, string, string | null])[] = [
    ['a plain answer', 'so \\mask{Paris}', 'Paris'],
    ['the last one counts', '\\mask{Lyon} no, \\mask{Paris} it is', 'Paris'],
    ['braces nest', '\\mask{the set {1, {2}}}', 'the set {1, {2}}'],
    ['of nested commands the last begun counts', '\\mask{a \\mask{b}}', 'b'],
    ['an escaped brace does not nest and stands for itself', '\\mask{an \\{ opened}', 'an { opened'],
    ['an unclosed command does not count', 'cut off: \\mask{Par', null],
    ['nor does it hide a whole one before it', '\\mask{Paris} or \\mask{Ly', 'Paris'],
    ['a stray closing brace does no harm', '} \\mask{Paris} }', 'Paris'],
    ['a stray opening brace before does no harm', '{ \\mask{Paris}', 'Paris'],
    ['white space before the brace is allowed', '\\mask {Paris}', 'Paris'],
    ['white space is normalised', '\\mask{ the  blue\n river }', 'the blue river'],
    ['an empty answer is an answer', '\\mask{ }', ''],
    ['the other command is not it', '\\boxed{Paris}', null],
    ['a longer command is not it', '\\masked{Paris}', null],
    ['no command', 'Paris', null],
  ];
  for (const [sentence, text, expected] of cases) test(sentence, () => assert.equal(answerOf(text), expected));

  test('offsets cut out the answer without the white space around it', () => {
    const text = 'I say \\boxed{  the Nile \n}.';
    const parsed = parseLastBraced(text, 'boxed')!;
    assert.equal(text.slice(parsed.start, parsed.end), 'the Nile');
  });

  test('what is written is read back, whatever comes before and after', () => {
    const answer = fc.string({ unit: 'grapheme' }).map(normaliseAnswer).filter((text) => !text.endsWith('\\') && !text.includes('\\mask') && !/\\[{}]/.test(text));
    const noise = fc.string().map((text) => text.replaceAll('\\', ''));
    fc.assert(
      fc.property(answer, noise, fc.string({ unit: fc.constantFrom('a', ' ', '.') }), (hidden, before, after) => {
        assert.equal(answerOf(`${before}${writeBraced(hidden, 'mask')}${after}`), hidden);
      }),
    );
  });

  test('any text is read without failing, and an answer found lies within it, normalised', () => {
    const pieces = fc.array(fc.constantFrom('\\mask{', '\\mask', '{', '}', '\\', '\\}', '\\{', ' ', 'a', 'é', '\n'));
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        const parsed = parseLastBraced(text, 'mask');
        if (parsed === null) return;
        assert.equal(parsed.answer, normaliseAnswer(text.slice(parsed.start, parsed.end).replace(/\\([{}])/g, '$1')));
        assert.equal(text.slice(0, parsed.start).trimEnd().endsWith('{'), true);
        assert.equal(text.slice(parsed.end).trimStart().startsWith('}'), true);
      }),
    );
  });
});

describe('the whitespace rule', () => {
  test('takes NFC, single spaces and trimming, and nothing else', () => {
    assert.equal(normaliseAnswer(' the\u00a0 \t\nCafe\u0301 '), 'the Caf\u00e9');
    assert.notEqual(normaliseAnswer('paris'), normaliseAnswer('Paris'));
    assert.notEqual(normaliseAnswer('Paris.'), normaliseAnswer('Paris'));
  });

  test('is idempotent', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(normaliseAnswer(normaliseAnswer(text)), normaliseAnswer(text))));
  });
});
