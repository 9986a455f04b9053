import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choiceOf } from '../../../operators/answers/choice-of.ts';
import { isSameNumber } from '../../../operators/answers/same-number.ts';
import { verifyAnswer } from '../../../operators/answers/verify-answer.ts';

const options = ['Paris', '3.5 m', 'all of the above', '12'];

for (const [answer, letter] of [
  ['B', 'B'],
  ['b', 'B'],
  ['(C)', 'C'],
  ['\\boxed{A}', 'A'],
  ['\\text{A}', 'A'],
  ['$\\textbf{(D)}$', 'D'],
  ['\\text{(B) } 12', 'B'],
  ['B. 3.5 m', 'B'],
  ['C: all of the above', 'C'],
  ['The answer is D.', 'D'],
  ['Option A', 'A'],
  ['answer: (b)', 'B'],
  ['paris', 'A'],
  ['All of the above.', 'C'],
  ['\\boxed{12}', 'D'],
  ['F', null], // no such option
  ['Rome', null],
  ['A or B', null],
  ['', null],
] as const) {
  test(`"${answer}" chooses ${letter ?? 'nothing'}`, () => assert.equal(choiceOf(answer, options), letter));
}

test('without options, any letter is a choice, and words are none', () => {
  assert.equal(choiceOf('J'), 'J');
  assert.equal(choiceOf('Apple'), null);
});

test('a text that two options share chooses neither', () => assert.equal(choiceOf('same', ['same', 'Same']), null));

for (const [answer, expected, same] of [
  ['18', '18', true],
  ['$18.00', '18', true],
  ['1,234', '1234', true],
  ['18 dollars', '$18', true],
  ['3/4', '0.75', true],
  ['x = 7', '7', true],
  ['2,3', '2', false], // two numbers
  ['2x', '2', false],
  ['eighteen', '18', false],
  ['[1, 2]', '1', false],
  ['18 km', '18 m', false],
  ['3i', '3i', false], // no real number
] as const) {
  test(`as numbers, "${answer}" is ${same ? '' : 'not '}"${expected}"`, () => assert.equal(isSameNumber(answer, expected), same));
}

test('each kind of verifier has its own idea of right', () => {
  const judge = (kind: Parameters<typeof verifyAnswer>[0]['kind'], answer: string | null, expected: string): boolean => verifyAnswer({ kind, tolerance: 1e-6 }, answer, expected, options);
  assert.equal(judge('exact', '0.50', '0.5'), false);
  assert.equal(judge('exact', ' 0.5 ', '0.5'), true);
  assert.equal(judge('numeric', '\\frac12', '0.50'), true);
  assert.equal(judge('numeric', '(1,2)', '(1,2)'), false);
  assert.equal(judge('latex', '(1,2)', '(1, 2)'), true);
  assert.equal(judge('multiple-choice', 'Paris', 'A'), true);
  assert.equal(judge('multiple-choice', '(B)', 'A'), false);
  for (const kind of ['exact', 'numeric', 'latex', 'multiple-choice'] as const) {
    assert.equal(judge(kind, null, 'A'), false);
    assert.equal(judge(kind, '', 'A'), false);
  }
});
