/** The run's folder on a real disk: one that is read-only, one that is full, one whose writer is killed. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { nodeProcesses } from '../../../infra/checkpoints/node-processes.ts';
import { verifyRun } from '../../../infra/checkpoints/verify-run.ts';
import { filesBelow } from '../../../infra/file-system/read-file.ts';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { saveWeights, stepCommit } from '../../step-commit.ts';
import { commitSteps, openTestRun } from './open-test-run.ts';

let folder = '';
before(async () => (folder = await mkdtemp(join(tmpdir(), 'pretrainzero-run-'))));
after(() => rm(folder, { recursive: true, force: true }));

const open = (directory: string, resume = false) => openTestRun(nodeFileSystem, { directory, resume, processes: nodeProcesses });

async function contents(directory: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const path of await filesBelow(nodeFileSystem, directory)) files.set(path, await readFile(join(directory, path), 'latin1'));
  return files;
}

describe('a run on disk', () => {
  test('is the same, byte for byte, when it is done again', async () => {
    for (const name of ['a', 'b']) {
      const run = await open(join(folder, name));
      await commitSteps(run, nodeFileSystem, 4);
      await run.store.close();
    }
    assert.deepEqual(await contents(join(folder, 'a')), await contents(join(folder, 'b')));
    assert.deepEqual((await verifyRun(nodeFileSystem, join(folder, 'a'))).problems, []);
  });

  test('goes on where another process left it', async () => {
    const directory = join(folder, 'left');
    const first = await open(directory);
    await commitSteps(first, nodeFileSystem, 3);
    await first.store.close();
    const second = await open(directory, true);
    await commitSteps(second, nodeFileSystem, 4);
    await second.store.close();
    assert.deepEqual(await contents(directory), await contents(join(folder, 'a')));
  });

  test('is written by one process at a time', async () => {
    const directory = join(folder, 'locked');
    const { store } = await open(directory);
    await assert.rejects(open(directory), { code: 'RUN_LOCKED' });
    await store.close();
    await (await open(directory)).store.close();
  });

  test('cannot be where a file is', async () => {
    await assert.rejects(open(join(folder, 'a', 'config.yaml')), { code: 'NOT_WRITABLE' });
    await assert.rejects(open(join(folder, 'a', 'config.yaml', 'run')), { code: 'NOT_WRITABLE' });
  });

  test('is refused in a folder that may not be written to', { skip: process.getuid?.() === 0 && 'root may write everywhere' }, async () => {
    const closed = join(folder, 'closed');
    await mkdir(closed, { mode: 0o500 });
    await assert.rejects(open(join(closed, 'run')), { code: 'NOT_WRITABLE' });
    await chmod(closed, 0o700);
  });
});

test('a disk that really is full ends the run with DISK_FULL, and it goes on once there is space', async (t) => {
  const disk = join(folder, 'disk');
  await mkdir(disk);
  const run = promisify(execFile);
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', disk]);
  } catch {
    t.skip('no small disk can be mounted here: the test with a simulated one stands alone');
    return;
  }
  try {
    const directory = join(disk, 'run');
    const first = await open(directory);
    await assert.rejects(commitSteps(first, nodeFileSystem, 200), { code: 'DISK_FULL' });
    await first.store.close();
    await run('mount', ['-o', 'remount,size=8m', disk]);
    const second = await open(directory, true);
    const { step } = await second.store.resumePoint();
    assert.ok(step > 0);
    await second.store.commit(stepCommit(step + 1), saveWeights(nodeFileSystem, step + 1));
    await second.store.close();
    assert.deepEqual((await verifyRun(nodeFileSystem, directory)).problems, []);
  } finally {
    await run('umount', [disk]);
  }
});
