import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadBenchmark } from '../../../infra/benchmarks/load-benchmark.ts';
import type { BenchmarkQuestion } from '../../../operators/benchmarks/benchmark.ts';
import { namedBenchmarks } from '../../../operators/benchmarks/named-benchmarks.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';

type Name = keyof typeof namedBenchmarks;

const questionsOf = async (name: Name, file: string) => (await loadBenchmark(namedBenchmarks[name], fixturePath('benchmarks', file))).questions;

/** The answer found in a response, and whether it is right. */
function judged(question: BenchmarkQuestion, response: string): [string | null, boolean] {
  const answer = question.answer(response);
  return [answer, answer !== null && question.isRight(answer)];
}

const layouts: readonly (readonly [Name, string, number, string])[] = [
  ['mmlu-pro', 'mmlu-pro.jsonl', 3, 'C'],
  ['mmlu-pro', 'mmlu-pro.parquet', 3, 'C'],
  ['super-gpqa', 'super-gpqa.jsonl', 2, 'B'],
  ['bbeh', 'bbeh/*/task.json', 3, '(b)'],
  ['math-500', 'math-500.jsonl', 2, '\\frac{3}{4}'],
  ['olympiad-bench', 'olympiad-bench.json', 3, '\\sqrt{2}'],
  ['minerva', 'minerva.jsonl', 2, '600'],
  ['gsm8k', 'gsm8k.jsonl', 2, '10'],
  ['gsm8k', 'gsm8k.parquet', 2, '10'],
  ['amc23', 'amc23.jsonl', 2, '42'],
  ['amc23', 'amc23.parquet', 2, '42'],
  ['aime24', 'aime24.jsonl', 1, '006'],
  ['aime24', 'aime24.parquet', 1, '006'],
];

for (const [name, file, count, expected] of layouts) {
  test(`${name} reads ${file} as published`, async () => {
    const questions = await questionsOf(name, file);
    assert.equal(questions.length, count);
    assert.equal(questions[0]!.expected, expected);
    assert.ok(questions.every((question) => question.prompt([]).length > 20 && question.worked.length > 20));
    assert.equal(new Set(questions.map(({ id }) => id)).size, count);
  });
}

test('every benchmark is named by its version', () => {
  for (const [name, { name: versioned }] of Object.entries(namedBenchmarks)) assert.match(versioned, new RegExp(`^${name}@\\d+$`));
});

test('MMLU-Pro: options by letter, worked examples of the category, the answer where the published script looks', async () => {
  const [shop, roots, bees] = await questionsOf('mmlu-pro', 'mmlu-pro.jsonl');
  const prompt = roots!.prompt([shop!, bees!]);
  assert.match(prompt, /^The following are multiple choice questions \(with answers\) about biology\./);
  assert.match(prompt, /A\. pollen\nB\. sand[\s\S]*Answer: Let's think step by step\. Bees visit[\s\S]*B\. the roots/);
  assert.doesNotMatch(prompt, /jars/);
  assert.ok(prompt.endsWith("Answer: Let's think step by step."));
  assert.deepEqual(judged(shop!, 'One jar is 4 coins. The answer is (C).'), ['C', true]);
  assert.deepEqual(judged(shop!, 'A is too low. Answer: **C**'), ['C', true]);
  assert.deepEqual(judged(shop!, 'It is A or rather D'), ['D', false]);
  assert.deepEqual(judged(shop!, 'twenty'), [null, false]);
});

test('SuperGPQA: the last line first, dressed letters, then the text of an option', async () => {
  const [prime, verb] = await questionsOf('super-gpqa', 'super-gpqa.jsonl');
  assert.match(prime!.prompt([]), /in the format 'Answer: \$LETTER'[\s\S]*A\) 21\nB\) 23/);
  assert.deepEqual(judged(prime!, 'Answer: A is wrong.\nAnswer: B'), ['B', true]);
  assert.deepEqual(judged(prime!, 'So **Answer: $\\boxed{B}$**'), ['B', true]);
  assert.deepEqual(judged(prime!, 'The correct answer is (D).'), ['D', false]);
  assert.deepEqual(judged(prime!, 'The answer is 23'), ['B', true]);
  assert.deepEqual(judged(verb!, 'transitive'), ['A', true]);
  assert.deepEqual(judged(verb!, 'Nobody can tell'), [null, false]);
  assert.deepEqual([prime!.category, verb!.category], ['Science', 'Literature and Arts']);
});

test('BBEH: the task is the folder, the answer stands after the prefix, dress does not count', async () => {
  const questions = await questionsOf('bbeh', 'bbeh/*/task.json');
  assert.deepEqual(questions.map(({ category }) => category), ['colour_chains', 'word_counting', 'word_counting']);
  const [colour, count, level] = questions;
  assert.match(colour!.prompt([]), /please use the prefix "The answer is:"/);
  assert.deepEqual(judged(colour!, 'Thinking... The answer is: B.'), ['B', true]);
  assert.deepEqual(judged(colour!, 'The answer is: (a)'), ['(a)', false]);
  assert.deepEqual(judged(count!, 'The answer is: 3. No. The final answer is: 2.0'), ['2.0', true]);
  assert.deepEqual(judged(level!, 'The answer is: **Yes**\nbecause'), ['**Yes**', true]);
  assert.deepEqual(judged(level!, 'I think yes'), ['I think yes', false]);
  assert.deepEqual(judged(level!, ''), [null, false]);
});

test('MATH-500, Minerva and the competitions: the last box, else the sentence that names the answer', async () => {
  const [sum, interval] = await questionsOf('math-500', 'math-500.jsonl');
  assert.deepEqual(judged(sum!, 'First \\boxed{1}, then \\boxed{\\dfrac{6}{8}}.'), ['\\dfrac{6}{8}', true]);
  assert.deepEqual(judged(sum!, 'The final answer is $0.75$. I hope it is correct.'), ['$0.75$', true]);
  assert.deepEqual(judged(interval!, '\\boxed{-2<x<2}'), ['-2<x<2', true]);
  assert.deepEqual(judged(interval!, '\\boxed{[-2,2]}'), ['[-2,2]', false]);
  assert.deepEqual(judged(sum!, 'no idea'), [null, false]);
  const [lamp, derivative] = await questionsOf('minerva', 'minerva.jsonl');
  assert.deepEqual(judged(lamp!, '\\boxed{600 \\text{ nm}}'), ['600 \\text{ nm}', true]);
  assert.deepEqual(judged(lamp!, '\\boxed{600.001}'), ['600.001', true]); // within 1e-5
  assert.deepEqual(judged(derivative!, '\\boxed{3x^{2}}'), ['3x^{2}', true]);
  const [aime] = await questionsOf('aime24', 'aime24.jsonl');
  assert.deepEqual(judged(aime!, '\\boxed{6}'), ['6', true]);
  assert.equal(namedBenchmarks.aime24.samples, 32);
  assert.equal(namedBenchmarks.amc23.samples, 32);
});

test('OlympiadBench: several answers, the published tolerance, units; proofs are left out with the reason', async () => {
  const { questions, leftOut } = await loadBenchmark(namedBenchmarks['olympiad-bench'], fixturePath('benchmarks', 'olympiad-bench.json'));
  const [root, integers, fall] = questions;
  assert.match(root!.prompt([]), /International Math competition\. The answer of The problem should be a numerical value\./);
  assert.match(integers!.prompt([]), /multiple answers connected with commas/);
  assert.match(fall!.prompt([]), /Physics[\s\S]*unit of the answer should not be included[\s\S]*A stone falls from a tower of 20 m\.\nHow long/);
  assert.deepEqual(judged(root!, '\\boxed{2^{1/2}}'), ['2^{1/2}', true]);
  assert.deepEqual(judged(integers!, '\\boxed{-3, 3}'), ['-3, 3', true]);
  assert.deepEqual(judged(integers!, '\\boxed{\\pm 3}'), ['\\pm 3', true]);
  assert.deepEqual(judged(integers!, '\\boxed{3}'), ['3', false]);
  assert.deepEqual(judged(fall!, '\\boxed{2.1}'), ['2.1', true]); // |2.1 - 2.02| < 0.1
  assert.deepEqual(judged(fall!, '\\boxed{2.2}'), ['2.2', false]);
  assert.match(leftOut[0]!.why, /theorems to prove/);
});

test('GSM8K: the number after ####, else the box, else the last number', async () => {
  const [plums, cart] = await questionsOf('gsm8k', 'gsm8k.jsonl');
  assert.match(plums!.prompt([cart!]), /^Question: A cart[\s\S]*#### 3,000\n\nQuestion: Ida[\s\S]*Answer:$/);
  assert.deepEqual(judged(plums!, 'She has 12.\n#### 10'), ['10', true]);
  assert.deepEqual(judged(plums!, 'so \\boxed{10} plums of 12'), ['10', true]);
  assert.deepEqual(judged(plums!, '12 - 2 = 10 plums are left.'), ['10', true]);
  assert.deepEqual(judged(cart!, 'It brings $3000.'), ['$3000', true]);
  assert.deepEqual(judged(cart!, 'It brings 1,500'), ['1,500', false]);
});

test('a file of another benchmark is refused, naming what its first row lacks', async () => {
  await assert.rejects(questionsOf('mmlu-pro', 'gsm8k.jsonl'), /no row is a question of mmlu-pro@2: of the first, question_id/);
});
