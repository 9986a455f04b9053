import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isEquivalentAnswer } from '../../../operators/answers/equivalent-answer.ts';
import { answerPairs } from './answer-pairs.ts';

const pairs = answerPairs();

test('the hard pairs are many, and of both kinds', () => {
  assert.ok(pairs.length >= 200);
  assert.ok(pairs.filter(({ same }) => !same).length >= 60);
  assert.equal(new Set(pairs.map(({ expected, answer }) => `${expected}\t${answer}`)).size, pairs.length);
});

for (const { same, expected, answer, note } of pairs) {
  test(`${answer} is ${same ? '' : 'not '}${expected}${note === '' ? '' : ` (${note})`}`, () => {
    assert.equal(isEquivalentAnswer(answer, expected), same);
    assert.equal(isEquivalentAnswer(expected, answer), same);
  });
}

test('a fraction is its decimal within the tolerance, and not beyond it', () => {
  assert.equal(isEquivalentAnswer('0.33', '1/3'), false);
  assert.equal(isEquivalentAnswer('0.33', '1/3', 0.02), true);
  assert.equal(isEquivalentAnswer('0.35', '1/3', 0.02), false);
});

test('an empty answer is no answer', () => {
  assert.equal(isEquivalentAnswer('', ''), false);
  assert.equal(isEquivalentAnswer('$ $', '5'), false);
});

const piece = fc.constantFrom(
  ...['\\frac', '{', '}', '(', ')', '[', ']', '1', '9', '23', 'x', '+', '-', '^', '_', '!', '\\sqrt', '\\pm', ',', '=', '<', '\\{', '\\}', '|', '\\sin', '%', '°', '\\text', '\\begin', '\\end', '{pmatrix}', '\\\\', '&', ' ', '\\', 'and', '\\cup', '\\log', '\\binom'],
);

test('whatever a model writes, the answer comes, the same both ways, and equal to itself', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.array(piece, { maxLength: 30 }), (a, b) => {
      const [left, right] = [a.join(''), b.join('')];
      assert.equal(isEquivalentAnswer(left, right), isEquivalentAnswer(right, left));
      if (/\w/.test(left)) assert.equal(isEquivalentAnswer(`${left}x`, `${left}x`), true);
    }),
    { numRuns: 2000 },
  );
});

test('deep and long answers are told apart without being computed', () => {
  const deep = '('.repeat(500) + '1' + ')'.repeat(500);
  assert.equal(isEquivalentAnswer(deep, '1'), false);
  assert.equal(isEquivalentAnswer('1+'.repeat(5000) + '1', '5001'), false);
  assert.equal(isEquivalentAnswer('2^{2^{2^{2^{2^{2}}}}}', '1'), false);
  assert.equal(isEquivalentAnswer(`${'9'.repeat(1000)}^{${'9'.repeat(900)}}`, '1'), false);
});

test('fractions are compared exactly, whatever their size', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.integer({ min: 1, max: 1000 }), (p, q, k) => {
      assert.equal(isEquivalentAnswer(`\\frac{${p}}{${q}}`, `\\frac{${p * BigInt(k)}}{${q * BigInt(k)}}`), true);
      assert.equal(isEquivalentAnswer(`\\frac{${p}}{${q}}`, `\\frac{${p + 1n}}{${q}}`), false);
    }),
  );
});
