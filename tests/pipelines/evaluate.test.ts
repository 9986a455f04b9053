import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { readRecords } from '../../infra/sample-log/read-records.ts';
import { evaluate, type EvaluationProgress } from '../../pipelines/evaluate.ts';
import type { Config } from '../../schemas/config/config.ts';
import { benchmarkAnswer, type BenchmarkAnswer } from '../../schemas/records/benchmark-answer.ts';
import { fixturePath } from '../fixtures/fixture-path.ts';
import { stubConfig, type ConfigChanges } from '../stub-config.ts';
import { createStubEngine, type StubEngine, type StubPrompt } from '../stub-engine.ts';
import { createStubTokenizer } from '../stub-tokenizer.ts';
import { newDirectory } from './stub-run.ts';

const fixture = (file: string): string => fixturePath('benchmarks', file);
const benchmarkConfig = (benchmark: ConfigChanges['benchmark'], rollouts: ConfigChanges['rollouts'] = {}): Config => stubConfig({ benchmark: { ...benchmark }, rollouts: { maxPromptTokens: 4000, ...rollouts } });
const aime = benchmarkConfig({ name: 'aime24', path: fixture('aime24.jsonl') });

/** Right in about half of its samples. */
const coin = ({ prompt, seed }: StubPrompt): string => (prompt.includes('divided by') ? ` \\boxed{${seed % 2 === 0 ? 6 : 7}}` : ` \\boxed{${seed % 5}}`);
const newEngine = (respond = coin): StubEngine => createStubEngine({ respond });

function run(config: Config, directory: string, engine: StubEngine, more: { readonly signal?: AbortSignal; readonly onProgress?: (progress: EvaluationProgress) => void } = {}) {
  return evaluate(config, { directory, parts: { engine, tokenizer: createStubTokenizer(), clock: { now: () => 0, wallTime: () => 0 } }, ...more });
}

async function answersIn(directory: string): Promise<BenchmarkAnswer[]> {
  const rows: BenchmarkAnswer[] = [];
  for (const part of readdirSync(join(directory, 'answers')).sort()) for await (const row of readRecords(nodeFileSystem, join(directory, 'answers', part), benchmarkAnswer)) rows.push(row);
  return rows;
}

/** Questions of its own, enough for several batches. */
function manyQuestions(count: number): string {
  const file = join(newDirectory(), 'questions.jsonl');
  writeFileSync(file, Array.from({ length: count }, (_, i) => `${JSON.stringify({ question: `Invented question ${i}?`, answer: `Because.\n#### ${i % 5}` })}\n`).join(''));
  return file;
}

test('AIME is asked 32 times, each sample with a seed of its own, and every answer is kept', async () => {
  const directory = join(newDirectory(), 'aime');
  const engine = newEngine();
  const { kind, summary, benchmark } = await run(aime, directory, engine);
  assert.deepEqual([kind, benchmark, summary?.questions, summary?.samplesPerQuestion], ['completed', 'aime24@2', 1, 32]);
  const rows = await answersIn(directory);
  assert.equal(rows.length, 32);
  assert.equal(new Set(rows.map(({ seed }) => seed)).size, 32);
  assert.equal(summary?.score, rows.filter(({ seed }) => seed % 2 === 0).length / 32);
  assert.ok(rows.every((row) => row.correct === (row.answer === '6') && row.expected === '006' && row.question !== null && row.question.includes('divided by') && row.promptTokens.length > 10));
  assert.ok(engine.requests.generate.every(({ temperature }) => temperature === 1));
  assert.deepEqual((JSON.parse(readFileSync(join(directory, 'summary.json'), 'utf8')) as { summary: unknown }).summary, summary);
});

test('one greedy answer where nothing else is published; examples stand before the question', async () => {
  const engine = newEngine(({ prompt }) => (prompt.includes('Ida') && prompt.indexOf('A cart') < prompt.indexOf('Ida') && prompt.includes('#### 3,000') ? '#### 10\n\nQuestion: And?\nAnswer: #### 7' : 'none'));
  const config = benchmarkConfig({ name: 'gsm8k', path: fixture('gsm8k.jsonl'), examples: fixture('gsm8k.jsonl'), shots: 1 });
  const { summary } = await run(config, join(newDirectory(), 'gsm8k'), engine);
  assert.deepEqual([summary?.score, summary?.samplesPerQuestion, engine.requests.generate[0]?.temperature], [0.5, 1, 0]);
});

test('an evaluation ended at any batch goes on where it was, to the same answers and figure', async () => {
  const config = benchmarkConfig({ name: 'gsm8k', path: manyQuestions(300) });
  const whole = join(newDirectory(), 'whole');
  const wanted = await run(config, whole, newEngine());
  assert.equal(readdirSync(join(whole, 'answers')).length, 5);
  const directory = join(newDirectory(), 'stopped');
  for (let stop = 0; stop < 5; stop++) {
    const controller = new AbortController();
    const engine = newEngine();
    const outcome = await run(config, directory, engine, { signal: controller.signal, onProgress: ({ done, kept }) => (done - kept >= 64 ? controller.abort() : undefined) });
    assert.equal(engine.calls.generate, 1, 'what is there is not asked again');
    assert.equal(outcome.kind, stop < 4 ? 'interrupted' : 'completed');
    if (stop === 4) assert.deepEqual(outcome.summary, wanted.summary);
  }
  assert.deepEqual(await answersIn(directory), await answersIn(whole));
  const again = newEngine();
  assert.deepEqual((await run(config, directory, again)).summary, wanted.summary);
  assert.equal(again.calls.generate, 0);
});

test('a part that was lost is asked again, to the same bytes', async () => {
  const config = benchmarkConfig({ name: 'gsm8k', path: manyQuestions(130) });
  const directory = join(newDirectory(), 'lost');
  await run(config, directory, newEngine());
  const part = join(directory, 'answers', 'part-000001.parquet');
  const bytes = readFileSync(part);
  rmSync(part);
  await run(config, directory, newEngine());
  assert.deepEqual(readFileSync(part), bytes);
});

test('another evaluation in the same folder is refused, naming what differs', async () => {
  const directory = join(newDirectory(), 'mixed');
  await run(aime, directory, newEngine());
  await assert.rejects(run({ ...aime, run: { ...aime.run, seed: 8 } }, directory, newEngine()), /another seed: 7, now 8/);
  await assert.rejects(run(benchmarkConfig({ name: 'amc23', path: fixture('amc23.jsonl') }), directory, newEngine()), /another benchmark/);
  const foreign = newDirectory();
  writeFileSync(join(foreign, 'notes.txt'), 'mine');
  await assert.rejects(run(aime, foreign, newEngine()), /holds something else/);
});

test('a question whose prompt is too long is wrong and not asked; a response without an answer is told apart from a wrong one', async () => {
  const config = benchmarkConfig({ name: 'math-500', path: fixture('math-500.jsonl') }, { maxPromptTokens: 103 });
  const directory = join(newDirectory(), 'long');
  const engine = newEngine(() => 'hm');
  const { summary } = await run(config, directory, engine);
  const rows = await answersIn(directory);
  assert.deepEqual(rows.map(({ finishReason }) => finishReason), [null, 'stop']);
  assert.deepEqual([summary?.score, summary?.missingShare], [0, 1]);
  assert.equal(engine.requests.generate[0]?.groups.length, 1);
});

test('maxItems takes as many of each category, and results are broken down by it', async () => {
  const config = benchmarkConfig({ name: 'mmlu-pro', path: fixture('mmlu-pro.parquet'), maxItems: 2 });
  const { summary } = await run(config, join(newDirectory(), 'mmlu'), newEngine(() => 'The answer is (C).'));
  assert.deepEqual(summary?.byCategory.map(({ category, questions, score }) => [category, questions, score]), [['biology', 1, 0], ['business', 1, 1]]);
});

test('worked examples must be asked for and given together', async () => {
  await assert.rejects(run(benchmarkConfig({ name: 'gsm8k', path: fixture('gsm8k.jsonl'), shots: 2 }), newDirectory(), newEngine()), /give both or neither/);
});

test('cloze: spans of any corpus, drawn from the place of the paragraph, so that the same are asked whatever stands before', async () => {
  const folder = newDirectory();
  const line = (i: number): string => `${JSON.stringify({ id: `p${i}`, text: `The ${['red', 'blue', 'green', 'grey'][i % 4]!} house number ${i} of the old street was built by Karin in the year ${1800 + i}.` })}\n`;
  const file = join(folder, 'corpus.jsonl');
  writeFileSync(file, Array.from({ length: 40 }, (_, i) => line(i)).join(''));
  const config = stubConfig({ corpus: { path: file, minTokens: 1, maxTokens: 400, nearDuplicateThreshold: 1 }, benchmark: { name: 'cloze', maxItems: 10 }, rollouts: { maxPromptTokens: 2000 } });
  const directory = join(folder, 'cloze');
  const { summary, benchmark } = await run(config, directory, newEngine(({ prompt }) => (prompt.includes('house') ? ' \\boxed{house}' : ' \\boxed{old}')));
  const rows = await answersIn(directory);
  assert.deepEqual([benchmark, rows.length, summary?.questions], ['cloze@1', 10, 10]);
  assert.ok(rows.every(({ expected, correct, answer }) => correct === (answer === expected)));
  assert.ok(rows.every(({ category, expected }) => category === `${expected.split(' ').length} word${expected.includes(' ') ? 's' : ''}`));
  const more = join(folder, 'more');
  await run({ ...config, benchmark: { ...config.benchmark, maxItems: 20 } }, more, newEngine());
  const expectedOf = new Map((await answersIn(more)).map(({ itemId, expected }) => [itemId, expected]));
  for (const { itemId, expected } of rows) assert.equal(expectedOf.get(itemId), expected);
});
