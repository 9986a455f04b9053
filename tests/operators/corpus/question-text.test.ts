import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { joinQuestion, splitQuestion } from '../../../operators/corpus/question-text.ts';
import { readQuestionRow } from '../../../operators/corpus/read-question-row.ts';
import { normaliseAnswer } from '../../../operators/rollouts/parse-answer.ts';

const words = fc.string({ unit: fc.constantFrom('a', '1', ' ', '\n', 'Answer: ', '\nAnswer: ', '{', '\\frac'), maxLength: 12 }).filter((text) => text.trim() !== '');

test('a question and its answer are found again, whatever is in them', () => {
  fc.assert(
    fc.property(words, words, (question, answer) => {
      const text = joinQuestion(question, answer);
      const split = splitQuestion(text);
      assert.deepEqual([split?.question, split?.answer], [question.trim(), normaliseAnswer(answer)]);
      assert.equal(text.slice(split!.answerStart), split!.answer);
    }),
  );
});

test('a text without an answer is no question', () => {
  assert.equal(splitQuestion('Bees visit flowers.'), null);
  assert.equal(splitQuestion('\nAnswer: 5'), null);
  assert.equal(splitQuestion('What?\nAnswer: '), null);
});

for (const [row, question, answer] of [
  [{ question: 'How many?', answer: 5 }, 'How many?', '5'],
  [{ problem: 'How many?', solution: 'Count: \\boxed{\\frac{1}{2}}.' }, 'How many?', '\\frac{1}{2}'],
  [{ prompt: 'How many?', ground_truth: '3' }, 'How many?', '3'],
  [{ question: 'How many?', answer: 'First 2.\n#### 1,200' }, 'How many?', '1,200'],
  [{ question: 'Which?', final_answer: ['3', '-3'] }, 'Which?', '3, -3'],
  [{ question: 'Which?', options: ['oak', 'red'], answer: 'B' }, 'Which?\nA. oak\nB. red', 'B'],
] as const) {
  test(`a row ${JSON.stringify(row)} is a question`, () => assert.deepEqual(readQuestionRow(row), { id: null, question, answer }));
}

for (const [row, why] of [
  [{ text: 'prose' }, /no question/],
  [{ question: 'How many?' }, /no answer/],
  [{ question: ['How many?'], answer: '1' }, /question/],
  ['a line', /row/],
] as const) {
  test(`a row ${JSON.stringify(row)} is none, and is told why`, () => assert.match(readQuestionRow(row) as string, why));
}
