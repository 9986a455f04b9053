import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { answerOutcomes, answerSorts, noAnswerFilter, type AnswerFilter } from '../../../../infra/explorer/view/answer-filter.ts';
import { usualAnswer, type IndexedQuestion } from '../../../../infra/explorer/view/indexed-question.ts';
import { selectQuestions } from '../../../../infra/explorer/view/select-questions.ts';

const question = (itemId: string, given: readonly (string | null)[], changes: Partial<IndexedQuestion> = {}): IndexedQuestion => ({
  evaluation: 'base',
  benchmark: 'gsm8k@1',
  batch: 0,
  itemId,
  category: '',
  expected: 'yes',
  question: `Is it ${itemId}?`,
  answers: given.map((answer, sampleIndex) => ({ sampleIndex, answer, correct: answer === 'yes', finishReason: 'stop' as const })),
  ...changes,
});

const tuned = { evaluation: 'tuned' };
const questions: readonly IndexedQuestion[] = [
  question('a', ['yes', 'yes']),
  question('b', ['no', 'no'], { category: 'algebra' }),
  question('c', ['yes', 'no', null]),
  question('d', [null], { question: null }),
  question('a', ['no', 'no'], tuned),
  question('b', ['no', 'maybe'], tuned),
  question('c', ['yes', 'yes', 'yes'], tuned),
  question('a', ['yes'], { benchmark: 'aime24@1', evaluation: 'other', answers: [{ sampleIndex: 0, answer: null, correct: false, finishReason: null }] }),
];
const selected = (changes: Partial<AnswerFilter>): string[] => selectQuestions(questions, { ...noAnswerFilter, ...changes }).map(({ evaluation, itemId }) => `${evaluation}/${itemId}`);

test('filters by benchmark, evaluation, category and text', () => {
  assert.equal(selected({}).length, questions.length);
  assert.deepEqual(selected({ benchmark: 'aime24@1' }), ['other/a']);
  assert.deepEqual(selected({ evaluation: 'tuned' }), ['tuned/a', 'tuned/b', 'tuned/c']);
  assert.deepEqual(selected({ category: 'algebra' }), ['base/b']);
  assert.deepEqual(selected({ text: 'IS IT C' }), ['base/c', 'tuned/c']);
  assert.deepEqual(selected({ text: 'maybe' }), ['tuned/b']);
});

test('filters by outcome', () => {
  assert.deepEqual(selected({ outcome: 'right' }), ['base/a', 'tuned/c']);
  assert.deepEqual(selected({ outcome: 'wrong' }), ['base/b', 'base/d', 'tuned/a', 'tuned/b', 'other/a']);
  assert.deepEqual(selected({ outcome: 'some' }), ['base/c']);
  assert.deepEqual(selected({ outcome: 'missing' }), ['base/c', 'base/d']);
  assert.deepEqual(selected({ outcome: 'unasked' }), ['other/a']);
});

test('the hardest are those right least often wherever they were asked', () => {
  assert.deepEqual(selected({ sort: 'hardest' }), ['base/b', 'tuned/b', 'base/d', 'other/a', 'base/a', 'tuned/a', 'base/c', 'tuned/c']);
});

test('the strangest agree on one wrong answer', () => {
  assert.deepEqual(selected({ sort: 'strangest' }), ['base/b', 'tuned/b', 'base/a', 'tuned/a']);
});

test('those in which evaluations differ most; what one alone asked is left out', () => {
  assert.deepEqual(selected({ sort: 'differing' }), ['base/a', 'tuned/a', 'base/c', 'tuned/c']);
});

test('a sorted list holds nothing that the filter alone would not let through, and nothing twice', () => {
  const option = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: null });
  fc.assert(
    fc.property(option(answerOutcomes), fc.constantFrom(...answerSorts), option(['base', 'tuned']), (outcome, sort, evaluation) => {
      const filter = { ...noAnswerFilter, outcome, evaluation };
      const all = selectQuestions(questions, filter);
      const sorted = selectQuestions(questions, { ...filter, sort });
      assert.equal(new Set(sorted).size, sorted.length);
      assert.ok(sorted.every((each) => all.includes(each)));
    }),
  );
});

test('the usual answer is the one given most often, the first of equal ones', () => {
  for (const [given, usual] of [[['a', 'b', 'b'], 'b'], [['a', 'b'], 'a'], [[null, null, 'a'], null], [[], null]] as const) assert.equal(usualAnswer(given.map((answer) => ({ answer }))), usual);
});
