import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFile } from '../../../infra/file-system/read-file.ts';
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

  test('are never those of an altered file', async () => {
    const { fileSystem } = await runWith(5);
    const file = `${directory}/samples/prediction_rollouts/step=000001.parquet`;
    const whole = await readFile(fileSystem, file);
    const reader = await openSamples(fileSystem, directory);
    for (let bit = 0; bit < whole.length * 8; bit += 997) {
      const flipped = whole.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      fileSystem.overwrite(file, flipped);
      await assert.rejects(reader.samples(1), { code: 'LOG_DAMAGED', place: { file } });
    }
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
    await assert.rejects(reader.samples(3), { code: 'USAGE', message: /no step 3; its last is 2/ });
    await assert.rejects(reader.samples(1, 9), { code: 'USAGE', message: /no such slot/ });
    await assert.rejects(openSamples(fileSystem, '/runs'), { code: 'RUN_NOT_FOUND' });
  });
});
