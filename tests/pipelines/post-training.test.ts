import assert from 'node:assert/strict';
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { brokenRelations } from '../../infra/config/config-relations.ts';
import { loadConfig } from '../../infra/config/load-config.ts';
import { launch } from '../../pipelines/launch.ts';
import { replay } from '../../pipelines/replay.ts';
import { openSamples } from '../../infra/sample-log/read-samples.ts';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { verifyRun } from '../../infra/checkpoints/verify-run.ts';
import type { Config } from '../../schemas/config/config.ts';
import { stubConfig } from '../stub-config.ts';
import { createStubEngine, type StubPrompt } from '../stub-engine.ts';
import { createStubTokenizer } from '../stub-tokenizer.ts';
import { newDirectory } from './stub-run.ts';

/** Sums, with answers in LaTeX; one row is no question, and one is written as multiple choice. */
function writeQuestions(): string {
  const file = join(newDirectory(), 'questions.jsonl');
  const rows: object[] = Array.from({ length: 24 }, (_, i) => ({ id: `q${i}`, question: `What is ${i}/2 + 1/2?`, answer: `\\frac{${i + 1}}{2}` }));
  rows.splice(5, 0, { text: 'no question' });
  rows.splice(9, 0, { id: 'choice', problem: 'Which is even, 3/2 or 4/2?', options: ['3/2', '4/2'], solution: 'It is \\boxed{B}.' });
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return file;
}

const corpus = writeQuestions();
const config: Config = stubConfig({
  pipeline: 'post-training',
  run: { name: 'post', steps: 4, checkpointEvery: 2 },
  corpus: { path: corpus, format: 'questions', minTokens: 1, maxTokens: 400, nearDuplicateThreshold: 1 },
  rollouts: { masksPerParagraph: 1, predictionsPerMask: 6, promptTemplate: 'question', maxPromptTokens: 600 },
  verifier: { kind: 'latex' },
});

/** Right (as a decimal) or wrong by the seed and the weights alone. */
function sum({ prompt, seed, weights }: StubPrompt): string {
  const of = Number(/What is (\d+)\/2/.exec(prompt)?.[1] ?? 1);
  return ` I add. \\boxed{${(seed ^ weights) % 2 === 0 ? (of + 1) / 2 : of + 7}}`;
}
const parts = () => ({ engine: createStubEngine({ respond: sum }), tokenizer: createStubTokenizer() });

async function trained(directory: string, options: { readonly resume?: boolean; readonly stopAfter?: number } = {}) {
  const controller = new AbortController();
  const run = launch(config, { directory, parts: parts(), signal: controller.signal, ...(options.resume && { resume: true }) });
  run.events.subscribe((event) => {
    if (event.type === 'stage-progress' && event.stage === 'update' && event.step === options.stopAfter) controller.abort();
  });
  return run.done;
}

const rowsOf = async (directory: string) => {
  const reader = await openSamples(nodeFileSystem, directory);
  return Promise.all(reader.steps.map((step) => reader.samples(step)));
};

test('a run on questions: the verifier pays, groups without signal are dropped, rows that are none become dead letters', async () => {
  const directory = join(newDirectory(), 'run');
  const outcome = await trained(directory);
  assert.deepEqual([outcome.kind, outcome.step], ['completed', 4]);
  const samples = (await rowsOf(directory)).flat();
  assert.equal(samples.length, 12);
  for (const { paragraph, passages, predictions, groups, maskRollouts } of samples) {
    assert.equal(maskRollouts.length, 0);
    const [passage] = passages;
    assert.equal(paragraph.text.slice(passage!.spanStarts[0]), passage!.maskText);
    assert.ok(passage!.text.endsWith('?') || passage!.text.endsWith('B. 4/2'), 'the answer is not in the question');
    assert.equal(predictions.length, 6);
    const [group] = groups;
    assert.deepEqual(group!.rewards, predictions.map(({ correct }) => (correct ? 1 : 0)));
    assert.equal(group!.kept, new Set(group!.rewards).size > 1);
    assert.equal(group!.rewardVersion, 'verified-latex@1');
  }
  assert.ok(samples.some(({ groups }) => groups[0]!.kept));
  assert.ok(samples.flatMap(({ predictions }) => predictions).some(({ correct, answer }) => correct && answer?.includes('.')), 'a decimal is right for a fraction');
  assert.ok(readdirSync(join(directory, 'dead-letters')).length > 0);
  assert.deepEqual((await verifyRun(nodeFileSystem, directory)).problems, []);
});

test('stopped and resumed, it ends with the same samples', async () => {
  const whole = join(newDirectory(), 'whole');
  await trained(whole);
  for (const stopAfter of [1, 2, 3]) {
    const directory = join(newDirectory(), 'stopped');
    assert.equal((await trained(directory, { stopAfter })).kind, 'interrupted');
    assert.equal((await trained(directory, { resume: true })).kind, 'completed');
    assert.deepEqual(await rowsOf(directory), await rowsOf(whole));
  }
});

test('a replay finds every value again, and tells what another verifier would have paid', async () => {
  const directory = join(newDirectory(), 'run');
  await trained(directory);
  const outcome = await replay(directory, { parts: { tokenizer: createStubTokenizer() } }).done;
  assert.equal(outcome.difference, null);
  const copy = join(newDirectory(), 'copy');
  cpSync(directory, copy, { recursive: true });
  const changed = await replay(copy, { set: ['verifier.kind=exact'], parts: { tokenizer: createStubTokenizer() } }).done;
  assert.notEqual(JSON.stringify(changed), JSON.stringify(outcome));
  rmSync(copy, { recursive: true });
});

test('multiple choice: the letter, dressed, or the text of an option', async () => {
  const choice = { ...config, run: { ...config.run, steps: 1 }, corpus: { ...config.corpus, path: join(newDirectory(), 'choice.jsonl') }, verifier: { kind: 'multiple-choice', tolerance: 0 }, rollouts: { ...config.rollouts, paragraphsPerStep: 1, predictionsPerMask: 3 } } as const;
  writeFileSync(choice.corpus.path, `${JSON.stringify({ question: 'Which is a colour?', options: ['oak', 'red', 'ten'], answer: 'B' })}\n`);
  const replies = [' \\boxed{\\text{(B)}}', ' \\boxed{red}', ' \\boxed{A}'];
  const directory = join(newDirectory(), 'choice');
  await launch(choice, { directory, parts: { ...parts(), engine: createStubEngine({ respond: ({ index }) => replies[index]! }) } }).done;
  const [samples] = await rowsOf(directory);
  assert.match(samples![0]!.passages[0]!.text, /A\. oak\nB\. red\nC\. ten$/);
  assert.deepEqual(samples![0]!.predictions.map(({ correct }) => correct), [true, true, false]);
});

test('the bundled configs are whole, and what does not go together is refused', async () => {
  for (const name of ['post-training', 'paper-post-training']) {
    const { config: bundled } = await loadConfig(name, { folder: newDirectory() });
    assert.deepEqual([bundled.pipeline, bundled.run.steps, brokenRelations(bundled)], ['post-training', 400, []]);
  }
  const broken = brokenRelations({ ...config, corpus: { ...config.corpus, format: 'jsonl' }, rollouts: { ...config.rollouts, masksPerParagraph: 2 } });
  assert.deepEqual(broken.map(({ keys }) => keys[0]), ['rollouts.masksPerParagraph', 'corpus.format']);
});
