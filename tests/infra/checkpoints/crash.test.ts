import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { verifyRun } from '../../../infra/checkpoints/verify-run.ts';
import { isPretrainZeroError } from '../../is-error.ts';
import { saveWeights, stepCommit } from '../../step-commit.ts';
import { createMemoryFileSystem, type MemoryFileSystem } from '../file-system/memory-file-system.ts';
import { directory, openTestRun } from './open-test-run.ts';

/** Steps 1 and 3 have a checkpoint, of which one is kept: parts, checkpoints, manifest and removal all come about. */
const steps = [1, 2, 3].map((step) => stepCommit(step, { checkpoint: step !== 2, paragraphs: stepCommit(step).paragraphs.slice(0, 1) }));

async function run(fileSystem: MemoryFileSystem, resume: boolean): Promise<void> {
  const { store } = await openTestRun(fileSystem, { resume, keepCheckpoints: 1 });
  const { step: from } = await store.resumePoint();
  for (const commit of steps.slice(from)) await store.commit(commit, saveWeights(fileSystem, commit.step));
  await store.close();
}

/** Goes on as a person would: `--resume`, or from the beginning where there is no run yet. */
async function goOn(fileSystem: MemoryFileSystem): Promise<void> {
  try {
    await run(fileSystem, true);
  } catch (error) {
    if (!isPretrainZeroError(error, 'RUN_NOT_FOUND')) throw error;
    await run(fileSystem, false);
  }
}

async function undisturbed(): Promise<{ contents: Map<string, string>; operations: number }> {
  const fileSystem = createMemoryFileSystem();
  let operations = 0;
  fileSystem.before = () => {
    operations++;
  };
  await run(fileSystem, false);
  return { contents: fileSystem.contents(), operations };
}

/** Makes the `n`-th operation, and all after it where it `stays`, fail. */
function failAt(fileSystem: MemoryFileSystem, n: number, code: string, stays: boolean): void {
  let operations = 0;
  fileSystem.before = (operation, path) => {
    operations++;
    if (operations === n || (stays && operations > n)) throw Object.assign(new Error(`${code}: ${operation} ${path}`), { code, syscall: operation });
  };
}

describe('a run stopped at any of its file operations and resumed ends as the undisturbed one', () => {
  for (const of of ['process', 'machine'] as const) {
    test(`where the ${of} stops`, async () => {
      const { contents, operations } = await undisturbed();
      assert.ok(operations > 100, `${operations} operations`);
      for (let n = 1; n <= operations; n += of === 'process' ? 5 : 1) {
        const fileSystem = createMemoryFileSystem();
        failAt(fileSystem, n, 'EIO', true);
        await run(fileSystem, false).catch(() => undefined);
        fileSystem.crash(of);
        await goOn(fileSystem);
        assert.deepEqual(fileSystem.contents(), contents, `stopped at operation ${n}`);
      }
    });
  }

  test('where it stops twice', async () => {
    const { contents, operations } = await undisturbed();
    for (let n = 60; n <= operations; n += 17) {
      const fileSystem = createMemoryFileSystem();
      failAt(fileSystem, n, 'EIO', true);
      await run(fileSystem, false).catch(() => undefined);
      fileSystem.crash('machine');
      failAt(fileSystem, n % 41, 'EIO', true);
      await goOn(fileSystem).catch(() => undefined);
      fileSystem.crash('machine');
      await goOn(fileSystem);
      assert.deepEqual(fileSystem.contents(), contents, `stopped at operations ${n} and ${n % 41}`);
    }
  });
});

test('a step is there after a power cut as soon as its commit resolves', async () => {
  const fileSystem = createMemoryFileSystem();
  const { store } = await openTestRun(fileSystem);
  for (const commit of steps) {
    await store.commit(commit, saveWeights(fileSystem, commit.step));
    fileSystem.crash('machine');
    const verified = await verifyRun(fileSystem, directory);
    assert.deepEqual({ steps: verified.steps, problems: verified.problems }, { steps: commit.step, problems: [] });
  }
});

describe('a disk that is full', () => {
  test('at any operation is a clear error, and the run goes on once there is space', async () => {
    const { contents, operations } = await undisturbed();
    for (let n = 1; n <= operations; n += 3) {
      const fileSystem = createMemoryFileSystem();
      failAt(fileSystem, n, 'ENOSPC', true);
      await assert.rejects(run(fileSystem, false), (error) => isPretrainZeroError(error, 'DISK_FULL'), `full at operation ${n}`);
      fileSystem.before = () => undefined;
      await goOn(fileSystem);
      assert.deepEqual(fileSystem.contents(), contents, `full at operation ${n}`);
    }
  });

  test('for a moment spoils no later step', async () => {
    const fileSystem = createMemoryFileSystem();
    const { store } = await openTestRun(fileSystem);
    const [first, second] = steps;
    assert.ok(first && second);
    failAt(fileSystem, 20, 'ENOSPC', false);
    await assert.rejects(store.commit(first, saveWeights(fileSystem, 1)), { code: 'DISK_FULL' });
    await assert.rejects(store.commit(first, saveWeights(fileSystem, 1)), { code: 'DISK_FULL' });
    await store.close();
    await goOn(fileSystem);
    assert.deepEqual((await verifyRun(fileSystem, directory)).problems, []);
  });
});

test('a folder that may not be written to is refused before any work', async () => {
  const fileSystem = createMemoryFileSystem();
  failAt(fileSystem, 1, 'EACCES', true);
  await assert.rejects(openTestRun(fileSystem), { code: 'NOT_WRITABLE', place: { file: directory } });
  failAt(fileSystem, 4, 'EROFS', true);
  await assert.rejects(openTestRun(fileSystem), { code: 'NOT_WRITABLE' });
});
