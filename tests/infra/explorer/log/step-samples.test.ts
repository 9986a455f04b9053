import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { logReader } from '../../../../infra/explorer/log/log-reader.ts';
import { packedParts } from '../../../../infra/explorer/log/packed-parts.ts';
import { nodeFileSystem } from '../../../../infra/file-system/node-file-system.ts';
import { openSamples } from '../../../../infra/sample-log/read-samples.ts';
import type { StepCommit } from '../../../../operators/ports/run-store.ts';
import { paperShape, simulatedStep } from '../../../bench/explorer/simulated-step.ts';
import { isPretrainZeroError } from '../../../is-error.ts';
import { committedSteps, folderBytes } from '../folder-bytes.ts';
import { newFolder, smallRun } from '../small-run.ts';

const parent = newFolder();
const directory = join(parent, 'run');
const commits: StepCommit[] = [];

before(async () => {
  const run = await smallRun(parent, 'run');
  for (let step = 1; step <= 2; step++) commits.push(await run.commit());
});
after(() => rmSync(parent, { recursive: true }));

test('the page reads what the command line reads', async () => {
  const reader = logReader(folderBytes(directory));
  const [, second] = await committedSteps(directory);
  const expected = await (await openSamples(nodeFileSystem, directory)).samples(2);
  assert.deepEqual(await reader.samples(second!), expected);
});

test('tokens and log-probabilities of one rollout, of either role', async () => {
  const reader = logReader(folderBytes(directory));
  const [first] = await committedSteps(directory);
  const { maskRollouts, predictions } = commits[0]!.paragraphs[1]!;
  const mask = maskRollouts[2]!;
  const prediction = predictions.at(-1)!;
  const { promptTokens, responseTokens, logprobs } = mask;
  assert.deepEqual(await reader.tokens(first!, 'mask', mask.id), { promptTokens, responseTokens, logprobs });
  assert.deepEqual((await reader.tokens(first!, 'predict', prediction.id)).logprobs, prediction.logprobs);
  await assert.rejects(reader.tokens(first!, 'mask', 'nobody'), (error) => isPretrainZeroError(error, 'RECORD_INVALID'));
});

test('reports of many steps out of one piece of bytes', async () => {
  const source = folderBytes(directory);
  const parts = (await committedSteps(directory)).map((step) => step.parts['metrics/steps']!);
  const pieces = await Promise.all(parts.map((part) => source.read(part, 0, part.bytes)));
  const bytes = await new Blob(pieces).arrayBuffer();
  assert.deepEqual(await logReader(source).reports(bytes, parts), { reports: commits.map(({ report }) => report), problems: [] });
  assert.throws(() => packedParts(bytes.slice(1), parts), (error) => isPretrainZeroError(error, 'LOG_DAMAGED'));
});

test('of a part of the paper\'s size only the columns asked for are read', async () => {
  const run = await smallRun(parent, 'large');
  const commit = await simulatedStep(1, 2000, paperShape);
  await run.commit(() => commit);
  const source = folderBytes(run.directory);
  const [step] = await committedSteps(run.directory);
  const digest = await logReader(source).digest(step!, null);
  assert.equal(digest.masks.length, 256);
  const part = step!.parts['samples/prediction_rollouts']!;
  const read = source.counts.get(part.path)!;
  assert.ok(read < part.bytes / 4, `${read} of ${part.bytes} bytes`);
});

test('a part that is cut, altered or of another table is refused', async () => {
  const source = folderBytes(directory);
  const [step] = await committedSteps(directory);
  const groups = step!.parts['samples/groups']!;
  const refused = async (bytes: number, part = groups) =>
    assert.rejects(
      logReader(source).samples({ ...step!, parts: { ...step!.parts, 'samples/groups': { path: part.path, bytes } } }),
      (error) => isPretrainZeroError(error, 'LOG_DAMAGED') || isPretrainZeroError(error, 'RECORD_INVALID'),
    );
  await refused(groups.bytes - 5);
  await refused(step!.parts['samples/paragraphs']!.bytes, step!.parts['samples/paragraphs']);
  const rubbish = join(directory, 'samples', 'groups', 'step=000007.parquet');
  writeFileSync(rubbish, Buffer.alloc(500, 7));
  await refused(500, { path: 'samples/groups/step=000007.parquet', bytes: 500 });
});
