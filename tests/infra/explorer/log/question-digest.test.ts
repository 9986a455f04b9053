import assert from 'node:assert/strict';
import { statSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { questionAnswers } from '../../../../infra/explorer/log/question-answers.ts';
import { questionDigests } from '../../../../infra/explorer/log/question-digest.ts';
import type { Part } from '../../../../infra/explorer/log/part-bytes.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';
import { isPretrainZeroError } from '../../../is-error.ts';
import { folderBytes } from '../folder-bytes.ts';
import { benchmarkAnswerOf, smallEvaluation } from '../small-evaluation.ts';
import { newFolder } from '../small-run.ts';

const parent = newFolder();
after(() => rmSync(parent, { recursive: true }));

const path = 'answers/part-000000.parquet';
const partIn = (directory: string): Part => ({ path, bytes: statSync(join(directory, path)).size });

test('questions come in order, each once, with what was found in every response', async () => {
  const answers = [0, 1, 2].flatMap((item) => [0, 1].map((sampleIndex) => benchmarkAnswerOf({ itemId: `q${item}`, sampleIndex, answer: sampleIndex === 0 ? '12' : null, correct: sampleIndex === 0, finishReason: sampleIndex === 0 ? 'stop' : 'length' })));
  const directory = await smallEvaluation(parent, 'samples', answers);
  const digests = await questionDigests(folderBytes(directory), partIn(directory));
  assert.deepEqual(digests.map(({ itemId }) => itemId), ['q0', 'q1', 'q2']);
  assert.deepEqual(digests[1], {
    itemId: 'q1',
    category: '',
    expected: '12',
    question: 'How many eggs are left?',
    answers: [
      { sampleIndex: 0, answer: '12', correct: true, finishReason: 'stop' },
      { sampleIndex: 1, answer: null, correct: false, finishReason: 'length' },
    ],
  });
});

test('of a large part, neither responses nor tokens are read for the list', async () => {
  const noise = (seed: number): number[] => Array.from({ length: 4000 }, (_, i) => (seed * 7919 + i * 104_729 + ((i * i) % 977)) % 150_000);
  const answers = Array.from({ length: 64 }, (_, item) => benchmarkAnswerOf({ itemId: `q${item}`, responseTokens: noise(item), responseText: noise(item).join(' ') }));
  const directory = await smallEvaluation(parent, 'large', answers);
  const source = folderBytes(directory);
  const part = partIn(directory);
  assert.equal((await questionDigests(source, part)).length, 64);
  assert.ok(part.bytes > 200_000 && source.counts.get(path)! < 0.2 * part.bytes, `${source.counts.get(path)} of ${part.bytes} bytes`);
});

test('the answers to a question are its rows, with numbers of tokens; a question that is not there is told of', async () => {
  const directory = await smallEvaluation(parent, 'one', [benchmarkAnswerOf({ itemId: 'q', sampleIndex: 1 }), benchmarkAnswerOf({ itemId: 'other' }), benchmarkAnswerOf({ itemId: 'q' })]);
  const answers = await questionAnswers(folderBytes(directory), partIn(directory), 'q');
  assert.deepEqual(answers.map(({ sampleIndex, promptLength, responseLength, responseText }) => [sampleIndex, promptLength, responseLength, responseText]), [[0, 3, 2, 'So 12 are left.\n#### 12'], [1, 3, 2, 'So 12 are left.\n#### 12']]);
  await assert.rejects(questionAnswers(folderBytes(directory), partIn(directory), 'elsewhere'), (error) => isPretrainZeroError(error, 'RECORD_INVALID'));
});

test('answers of version 1 are read, without the text of the question', async () => {
  const directory = fixturePath('evaluations', 'version-1');
  const digests = await questionDigests(folderBytes(directory), partIn(directory));
  assert.equal(digests.length, 6);
  assert.ok(digests.every(({ question, expected, answers }) => question === null && expected !== '' && answers.length === 2));
  const [first] = await questionAnswers(folderBytes(directory), partIn(directory), digests[0]!.itemId);
  assert.deepEqual([first?.question, first?.benchmark], [null, 'cloze@1']);
  assert.ok(first!.promptLength > 10 && first!.responseText !== '');
});
