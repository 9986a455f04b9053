import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FileSystem } from '../../../infra/file-system/file-system.ts';
import { openSamples } from '../../../infra/sample-log/read-samples.ts';
import type { ScoredGroups } from '../../../schemas/records/edges.ts';
import { stepCommit, saveWeights } from '../../step-commit.ts';
import { createMemoryFileSystem } from '../file-system/memory-file-system.ts';
import { directory, openTestRun } from '../checkpoints/open-test-run.ts';

/** A random message as that of a paragraph: its rows refer to it, and carry `tokens` tokens. */
function messageOf(step: number, slot: number, tokens: number): ScoredGroups {
  const id = `${step}/${slot}`;
  const [message] = stepCommit(step * 100 + slot).paragraphs;
  const owner = { paragraphId: id, step, slot };
  const list = Array.from({ length: tokens }, (_, i) => (i * 2654435761 + slot) % 50_000);
  const rollout = { ...owner, promptTokens: list, responseTokens: list, logprobs: list.map((token) => -token) };
  return {
    paragraph: { ...message!.paragraph, id, step, slot },
    maskRollouts: message!.maskRollouts.map((row) => ({ ...row, ...rollout })),
    passages: message!.passages.map((row) => ({ ...row, ...owner })),
    predictions: message!.predictions.map((row) => ({ ...row, ...rollout })),
    groups: message!.groups.map((row) => ({ ...row, ...owner })),
  };
}

const shown = (row: object) => Object.fromEntries(Object.entries(row).filter(([name]) => !['promptTokens', 'responseTokens', 'logprobs'].includes(name)));
const sampleOf = (message: ScoredGroups) => ({ ...message, maskRollouts: message.maskRollouts.map(shown), predictions: message.predictions.map(shown) });

/** The file system, and how many bytes were read from Parquet files through it. */
function countingReads(fileSystem: FileSystem) {
  const read = { bytes: 0 };
  const openRead: FileSystem['openRead'] = async (path) => {
    const handle = await fileSystem.openRead(path);
    if (!path.endsWith('.parquet')) return handle;
    const counted = async (start: number, end: number) => {
      const bytes = await handle.read(start, end);
      read.bytes += bytes.length;
      return bytes;
    };
    return { byteLength: handle.byteLength, read: counted, close: () => handle.close() };
  };
  return { read, fileSystem: { ...fileSystem, openRead } };
}

async function runWith(tokens: number) {
  const fileSystem = createMemoryFileSystem();
  const messages = [1, 2].map((step) => [0, 1, 2].map((slot) => messageOf(step, slot, tokens)));
  const { store } = await openTestRun(fileSystem);
  for (const [index, paragraphs] of messages.entries()) {
    await store.commit(stepCommit(index + 1, { paragraphs }), saveWeights(fileSystem, index + 1));
  }
  return { fileSystem, messages };
}

describe('the samples of a run', () => {
  test('are given step by step, each paragraph with its masks, predictions and groups', async () => {
    const { fileSystem, messages } = await runWith(5);
    const reader = await openSamples(fileSystem, directory);
    assert.deepEqual(reader.steps, [1, 2]);
    for (const step of reader.steps) assert.deepEqual(await reader.samples(step), messages[step - 1]?.map(sampleOf));
  });

  test('are given for one slot', async () => {
    const { fileSystem, messages } = await runWith(5);
    const reader = await openSamples(fileSystem, directory);
    assert.deepEqual(await reader.samples(2, 1), [sampleOf(messages[1]![1]!)]);
    assert.deepEqual(await reader.whole(2, 1), messages[1]![1]);
  });

  test('do not read token ids and log-probabilities to be shown', async () => {
    const { fileSystem, messages } = await runWith(4000);
    assert.ok(messages.flat().some(({ predictions }) => predictions.length > 0));
    const counted = countingReads(fileSystem);
    const reader = await openSamples(counted.fileSystem, directory);
    await reader.samples(1);
    const light = counted.read.bytes;
    for (const slot of [0, 1, 2]) await reader.whole(1, slot);
    assert.ok(light * 3 < counted.read.bytes - light, `${light} bytes of ${counted.read.bytes - light}`);
  });

  test('are those of committed steps alone, so that a run can be watched while it is written', async () => {
    const { fileSystem } = await runWith(1);
    const manifest = await fileSystem.append(`${directory}/manifest.jsonl`);
    await manifest.write(new TextEncoder().encode('{"format":1,"step":3,'));
    assert.deepEqual((await openSamples(fileSystem, directory)).steps, [1, 2]);
  });

  test('that are not there are a clear error', async () => {
    const { fileSystem } = await runWith(1);
    const reader = await openSamples(fileSystem, directory);
    await assert.rejects(reader.samples(3), { code: 'USAGE', message: /no step 3; it has 2/ });
    await assert.rejects(reader.samples(1, 9), { code: 'USAGE', message: /no such slot/ });
    await assert.rejects(openSamples(fileSystem, '/runs'), { code: 'RUN_NOT_FOUND' });
  });
});
