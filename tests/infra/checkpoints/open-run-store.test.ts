import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse, stringify } from 'yaml';
import { verifyRun } from '../../../infra/checkpoints/verify-run.ts';
import { readFile, readText } from '../../../infra/file-system/read-file.ts';
import { readRecords } from '../../../infra/sample-log/read-records.ts';
import { predictionRollout } from '../../../schemas/records/prediction-rollout.ts';
import { saveWeights, stepCommit } from '../../step-commit.ts';
import { createMemoryFileSystem } from '../file-system/memory-file-system.ts';
import { commitSteps, configText, configWith, directory, openTestRun } from './open-test-run.ts';

async function runOf(steps: number) {
  const fileSystem = createMemoryFileSystem();
  const run = await openTestRun(fileSystem);
  await commitSteps(run, fileSystem, steps);
  await run.store.close();
  return fileSystem;
}

const foldersIn = (paths: Iterable<string>) => [...new Set([...paths].map((path) => path.split('/').slice(0, -1).join('/')))].sort();

describe('a new run', () => {
  test('holds its config, samples, metrics, dead letters and checkpoints, and all of it is in the manifest', async () => {
    const fileSystem = await runOf(2);
    assert.deepEqual(foldersIn(fileSystem.contents().keys()), [
      '/runs/one',
      '/runs/one/checkpoints/step-000002',
      '/runs/one/dead-letters',
      '/runs/one/metrics',
      '/runs/one/metrics/evaluations',
      '/runs/one/metrics/gradient_batches',
      '/runs/one/metrics/steps',
      '/runs/one/samples/groups',
      '/runs/one/samples/mask_rollouts',
      '/runs/one/samples/masked_passages',
      '/runs/one/samples/paragraphs',
      '/runs/one/samples/prediction_rollouts',
    ]);
    assert.equal(await readText(fileSystem, `${directory}/config.yaml`), configText);
    const { steps, problems, checkpoint } = await verifyRun(fileSystem, directory);
    assert.deepEqual({ steps, problems, checkpoint }, { steps: 2, problems: [], checkpoint: 'checkpoints/step-000002' });
  });

  test('has no file for a table without rows', async () => {
    const fileSystem = await runOf(1);
    assert.equal(fileSystem.contents().has(`${directory}/dead-letters/step=000001.parquet`), false);
  });

  test('gives back the rows that were committed', async () => {
    const fileSystem = await runOf(2);
    const rows: unknown[] = [];
    for await (const row of readRecords(fileSystem, `${directory}/samples/prediction_rollouts/step=000002.parquet`, predictionRollout)) rows.push(row);
    assert.deepEqual(rows, stepCommit(2).paragraphs.flatMap((message) => message.predictions));
  });

  test('keeps the newest checkpoints alone', async () => {
    const fileSystem = await runOf(8);
    assert.deepEqual((await fileSystem.list(`${directory}/checkpoints`)).map(({ name }) => name), ['step-000006', 'step-000008']);
    assert.deepEqual((await verifyRun(fileSystem, directory)).problems, []);
  });

  test('is refused where the folder holds one', async () => {
    const fileSystem = await runOf(1);
    await assert.rejects(openTestRun(fileSystem), { code: 'RUN_EXISTS', place: { file: directory } });
  });

  test('may begin again where no step was committed, with another config', async () => {
    const fileSystem = await runOf(0);
    await openTestRun(fileSystem, { configText: configWith('run', 'seed', 7) });
    assert.equal(await readText(fileSystem, `${directory}/config.yaml`), configWith('run', 'seed', 7));
  });

  test('takes steps in order alone', async () => {
    const fileSystem = createMemoryFileSystem();
    const { store } = await openTestRun(fileSystem);
    await assert.rejects(store.commit(stepCommit(2), saveWeights(fileSystem, 2)), { code: 'RECORD_INVALID', message: /step 2 was committed where 1 was next/ });
  });

  test('is not whole without its config', async () => {
    const fileSystem = await runOf(1);
    await fileSystem.remove(`${directory}/config.yaml`);
    assert.deepEqual((await verifyRun(fileSystem, directory)).problems, [{ file: 'config.yaml', problem: 'the file is missing: the run cannot go on' }]);
  });

  test('is locked until a commit under way is over, though it was closed before', async () => {
    const fileSystem = createMemoryFileSystem();
    const { store } = await openTestRun(fileSystem);
    const committing = store.commit(stepCommit(1), saveWeights(fileSystem, 1));
    await store.close();
    assert.equal(await fileSystem.size(`${directory}/run.lock`), null);
    assert.equal((await verifyRun(fileSystem, directory)).steps, 1);
    await committing;
  });

  test('refuses a record that is not of its schema, and names it', async () => {
    const { store } = await openTestRun(createMemoryFileSystem());
    const commit = stepCommit(1);
    const wrong = { ...commit, report: { ...commit.report, paragraphs: 1.5 } };
    await assert.rejects(store.commit(wrong, () => Promise.resolve()), { code: 'RECORD_INVALID', message: /step_report: paragraphs expected an integer of 32 bits, got 1.5/ });
  });
});

describe('a resumed run', () => {
  const resume = { resume: true };

  test('goes on from the last checkpoint, with corpus position and pending messages', async () => {
    const fileSystem = await runOf(5);
    const { store, recovery } = await openTestRun(fileSystem, resume);
    const commit = stepCommit(4);
    assert.deepEqual(await store.resumePoint(), {
      step: 4,
      checkpointDirectory: `${directory}/checkpoints/step-000004`,
      corpusPosition: commit.corpusPosition,
      pending: commit.pending,
      pendingLetters: commit.pendingLetters,
    });
    assert.equal(recovery.droppedSteps, 1);
  });

  test('goes on from the base model where there is no checkpoint yet', async () => {
    const { store } = await openTestRun(await runOf(1), resume);
    assert.deepEqual(await store.resumePoint(), { step: 0, checkpointDirectory: null, corpusPosition: null, pending: [], pendingLetters: [] });
  });

  test('keeps a position of any length', async () => {
    const fileSystem = createMemoryFileSystem();
    const run = await openTestRun(fileSystem);
    const corpusPosition = { seen: 'x'.repeat(100_000) };
    await run.store.commit(stepCommit(1, { corpusPosition, checkpoint: true }), saveWeights(fileSystem, 1));
    await run.store.close();
    assert.ok(((await fileSystem.size(`${directory}/manifest.jsonl`)) ?? 0) < 10_000);
    const resumed = await openTestRun(fileSystem, resume);
    assert.deepEqual((await resumed.store.resumePoint()).corpusPosition, corpusPosition);
  });

  test('passes over a damaged checkpoint, and says so', async () => {
    const fileSystem = await runOf(5);
    fileSystem.overwrite(`${directory}/checkpoints/step-000004/model.safetensors`, new TextEncoder().encode('weights of step 5'));
    const { store, recovery } = await openTestRun(fileSystem, resume);
    assert.equal((await store.resumePoint()).step, 2);
    assert.deepEqual(recovery.damaged, [
      { folder: 'checkpoints/step-000004', problem: 'model.safetensors: the SHA-256 is not the one of the manifest' },
    ]);
    assert.deepEqual((await verifyRun(fileSystem, directory)).problems, []);
  });

  test('is refused where every checkpoint is damaged', async () => {
    const fileSystem = await runOf(3);
    await fileSystem.remove(`${directory}/checkpoints/step-000002/config.json`);
    await assert.rejects(openTestRun(fileSystem, resume), { code: 'LOG_DAMAGED', message: /config\.json: the file is missing/ });
  });

  test('is refused where a part is missing', async () => {
    const fileSystem = await runOf(3);
    await fileSystem.remove(`${directory}/samples/groups/step=000001.parquet`);
    await assert.rejects(openTestRun(fileSystem, resume), { code: 'LOG_DAMAGED', place: { file: `${directory}/samples/groups/step=000001.parquet` } });
  });

  test('is refused where a line in the middle of the manifest is altered', async () => {
    const fileSystem = await runOf(3);
    const text = (await readText(fileSystem, `${directory}/manifest.jsonl`)) ?? '';
    fileSystem.overwrite(`${directory}/manifest.jsonl`, new TextEncoder().encode(text.replace('"step":2', '"step":9')));
    await assert.rejects(openTestRun(fileSystem, resume), { code: 'LOG_DAMAGED', place: { file: `${directory}/manifest.jsonl`, line: 2 } });
  });

  test('leaves a torn last line of the manifest out', async () => {
    const fileSystem = await runOf(4);
    const bytes = await readFile(fileSystem, `${directory}/manifest.jsonl`);
    fileSystem.overwrite(`${directory}/manifest.jsonl`, bytes.subarray(0, bytes.length - 100));
    const { store } = await openTestRun(fileSystem, resume);
    assert.equal((await store.resumePoint()).step, 2);
  });

  test('is refused where there is none', async () => {
    await assert.rejects(openTestRun(createMemoryFileSystem(), resume), { code: 'RUN_NOT_FOUND' });
  });

  test('is refused under a config that changes what the run computes', async () => {
    const fileSystem = await runOf(2);
    for (const [section, key, value] of [['run', 'steps', 5], ['run', 'seed', 5], ['engine', 'threads', 1], ['corpus', 'path', ['a', 'b']]] as const) {
      const changed = { ...resume, configText: configWith(section, key, value) };
      await assert.rejects(openTestRun(fileSystem, changed), { code: 'RUN_MISMATCH', place: { file: `${directory}/config.yaml`, key: `${section}.${key}` } });
    }
  });

  test('goes on where its config is older than a key, unless that key is changed', async () => {
    const fileSystem = await runOf(2);
    const { rewards, ...older } = parse(configText) as Record<string, Record<string, unknown>>;
    assert.notEqual(rewards, undefined);
    const { coldStartSteps, ...run } = older.run!;
    assert.equal(coldStartSteps, 0);
    fileSystem.overwrite(`${directory}/config.yaml`, new TextEncoder().encode(stringify({ ...older, run })));
    const changed = { ...resume, configText: configWith('rewards', 'generation', 'progress') };
    await assert.rejects(openTestRun(fileSystem, changed), { code: 'RUN_MISMATCH', place: { file: `${directory}/config.yaml`, key: 'rewards.generation' } });
    const { store } = await openTestRun(fileSystem, resume);
    assert.equal((await store.resumePoint()).step, 2);
    await store.close();
  });

  test('may change its name, its checkpoints and how the log is packed', async () => {
    const fileSystem = await runOf(2);
    for (const [section, key, value] of [['run', 'name', 'other'], ['run', 'checkpointEvery', 3], ['run', 'keepCheckpoints', 9], ['log', 'rowGroupRows', 7]] as const) {
      const { store } = await openTestRun(fileSystem, { ...resume, configText: configWith(section, key, value) });
      assert.equal(await readText(fileSystem, `${directory}/config.yaml`), configWith(section, key, value));
      await store.close();
    }
  });
});
