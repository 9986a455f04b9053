import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseGlob } from '../../../infra/corpus/glob.ts';
import type { BenchmarkQuestion } from '../../../operators/benchmarks/benchmark.ts';
import { namedBenchmarks } from '../../../operators/benchmarks/named-benchmarks.ts';

type Name = keyof typeof namedBenchmarks;

function read(name: Name, row: unknown, file = 'test.jsonl'): BenchmarkQuestion {
  const question = namedBenchmarks[name].read(row, { file, index: 7 });
  if (typeof question === 'string') assert.fail(question);
  return question;
}

/** Whether the answer found in a response is right. */
function isRight(question: BenchmarkQuestion, response: string): boolean {
  const answer = question.answer(response);
  return answer !== null && question.isRight(answer);
}

const published: readonly (readonly [Name, string, string])[] = [
  ['mmlu-pro', 'TIGER-Lab/MMLU-Pro', 'data/test-00000-of-00001.parquet'],
  ['super-gpqa', 'm-a-p/SuperGPQA', 'SuperGPQA-all.jsonl'],
  ['math-500', 'HuggingFaceH4/MATH-500', 'test.jsonl'],
  ['olympiad-bench', 'Hothan/OlympiadBench', 'OlympiadBench/OE_TO_maths_en_COMP/OE_TO_maths_en_COMP.parquet'],
  ['minerva', 'math-ai/minervamath', 'test.jsonl'],
  ['gsm8k', 'openai/gsm8k', 'main/test-00000-of-00001.parquet'],
  ['amc23', 'math-ai/amc23', 'test-00000-of-00001.parquet'],
  ['aime24', 'HuggingFaceH4/aime_2024', 'data/train-00000-of-00001.parquet'],
];

for (const [name, set, path] of published) {
  test(`${name} is read from ${set}/${path}`, () => {
    const source = namedBenchmarks[name].source;
    const prefix = `hf://datasets/${set}/`;
    assert.ok(source.startsWith(prefix));
    assert.ok(parseGlob(source.slice(prefix.length)).matches(path));
  });
}

const olympiad = { id: 5, subfield: 'Algebra', context: null, question: 'Which?', solution: ['So.'], is_multiple_answer: true, unit: null, answer_type: 'Numerical', error: null };

test('OlympiadBench: several answers in one text, each between its own dollars, as the JSON files have them', () => {
  const two = read('olympiad-bench', { ...olympiad, final_answer: ['$69$,$84$'] });
  assert.equal(two.expected, '69,84');
  assert.ok(isRight(two, 'So the final answer is \\boxed{84, 69}.'));
  assert.ok(isRight(two, 'So the final answer is $\\boxed{69}$ and $\\boxed{84}$.'));
  assert.ok(isRight(two, 'So \\boxed{$84$, $69$}'));
  assert.ok(!isRight(two, 'So the final answer is \\boxed{69}.'));
  assert.ok(isRight(read('olympiad-bench', { ...olympiad, final_answer: ['$221,$8$'] }), '\\boxed{8, 221}')); // a dollar astray
});

test('OlympiadBench: what is boxed on the way is no answer', () => {
  const one = read('olympiad-bench', { ...olympiad, is_multiple_answer: false, final_answer: ['4'] });
  assert.ok(isRight(one, 'First \\boxed{3}. So the final answer is \\boxed{4}. Check: \\boxed{5}'.replace(' Check', '\nCheck')));
});

test('OlympiadBench: a tolerance for each answer, in any order', () => {
  const several = read('olympiad-bench', { ...olympiad, final_answer: ['7 \\times 10^{5}, 0.002'], error: '1e4,0.001' });
  assert.ok(isRight(several, '\\boxed{0.001, 7.1 \\cdot 10^{5}}'));
  assert.ok(!isRight(several, '\\boxed{0.004, 7.1 \\cdot 10^{5}}'));
  assert.ok(!isRight(several, '\\boxed{0.002}'));
  const same = read('olympiad-bench', { ...olympiad, final_answer: ['0.003, 5.233'], error: '0.001' });
  assert.ok(isRight(same, '\\boxed{0.002, 5.234}'));
});

test('OlympiadBench: kinds of answer in order; subject, language and pictures by the name of the file where rows do not say', () => {
  const mixed = read('olympiad-bench', { ...olympiad, answer_type: 'Numerical,Interval', final_answer: ['3, [0,1]'] });
  assert.match(mixed.prompt([]), /International Math competition\. The problem has multiple answers, with the answers in order being a numerical value, an interval\. Please/);
  assert.match(read('olympiad-bench', { ...olympiad, final_answer: ['3, 4'] }, 'data/OE_TO_physics_en_COMP.json').prompt([]), /International Physics competition/);
  for (const [file, why] of [['data/OE_TO_maths_zh_CEE.json', /language/], ['data/OE_MM_maths_en_COMP.json', /modality/]] as const) {
    const left = namedBenchmarks['olympiad-bench'].read({ ...olympiad, final_answer: ['3'] }, { file, index: 0 });
    assert.match(typeof left === 'string' ? left : '', why);
  }
});

test('BBEH: tasks of the hub have spaces and a flag; a target may be a letter alone, a list or a number with .0', () => {
  const sorting = read('bbeh', { task: 'word sorting', input: 'Sort.', target: 'ash, birch, elm', mini: 1 });
  assert.deepEqual([sorting.category, sorting.id], ['word_sorting', 'word_sorting/7']);
  assert.ok(isRight(sorting, 'The answer is: ash,birch, elm'));
  assert.ok(isRight(sorting, 'Ash, birch, elm\nas is plain')); // without the prefix the first line
  assert.ok(!isRight(sorting, 'I think ash, birch, elm'));
  const number = read('bbeh', { task: 'x', input: 'How much?', target: '404.0' });
  assert.ok(isRight(number, 'The answer is: $\\boxed{\\text{404}}$'));
  const letter = read('bbeh', { task: 'x', input: 'Which?', target: 'E' });
  assert.ok(isRight(letter, 'The answer is: (E)'));
  assert.ok(!isRight(letter, 'The answer is: "E"')); // as published
  assert.ok(isRight(read('bbeh', { task: 'x', input: 'Say it.', target: 'They left.' }), 'The answer is: They left.'));
});

test('MMLU-Pro: "N/A" is no option, one may be left, and the letter is found as published', () => {
  const row = { question_id: 3, question: 'Which?', options: ['one', 'two', 'N/A', 'N/A'], answer: 'B', answer_index: 1, cot_content: '', category: 'law', src: 'x' };
  const question = read('mmlu-pro', row);
  assert.match(question.prompt([]), /letter choice\.\n\n\n\nQuestion:\nWhich\?\nOptions:\nA\. one\nB\. two\nAnswer: Let's/);
  assert.equal(read('mmlu-pro', { ...row, options: ['one'], answer: 'A' }).expected, 'A');
  assert.equal(question.answer('Answer: A or rather Answer: B\nAnswer: C'), 'B');
  assert.equal(question.answer('The change \u0394E is small'), null);
});

test('SuperGPQA: a sentence on the way that only begins with a letter is passed over', () => {
  const question = read('super-gpqa', { uuid: 'u', question: 'Which?', options: ['red', 'green', 'blue'], answer: 'green', answer_letter: 'B', discipline: 'Science' });
  assert.ok(isRight(question, 'The last answer by the customer is a hint. The answer is (B).'));
  assert.equal(question.answer('The answer is (A, B).'), null);
  assert.ok(isRight(question, 'The answer is green.'));
});

test('Minerva: a call of NumPy in the published answer is its function', () => {
  const question = read('minerva', { question: 'Which angle?', answer: 'np.arcsin(3/7)' });
  assert.ok(isRight(question, '\\boxed{\\arcsin\\left(\\frac{3}{7}\\right)}'));
  assert.ok(isRight(question, '\\boxed{np.arcsin(3/7)}'));
});

test('competitions: the capital fields, and an answer only in the solution, in bold and brackets', () => {
  assert.equal(read('aime24', { ID: '2024-I-1', Problem: 'How many?', Solution: 'So.', Answer: 33 }).expected, '33');
  const boxed = read('aime24', { id: 1, problem: 'How many?', solution: 'Thus $\\boxed{\\textbf{(033)}}$.' });
  assert.ok(isRight(boxed, '\\boxed{33}'));
});
