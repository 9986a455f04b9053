import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { nodeProcesses } from '../../../infra/checkpoints/node-processes.ts';
import type { LockHolder, Processes } from '../../../infra/checkpoints/lock-holder.ts';
import { lockRun } from '../../../infra/checkpoints/run-lock.ts';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { createMemoryFileSystem } from '../file-system/memory-file-system.ts';

const process7 = { pid: 7, host: 'here', started: 'monday' };
const process8 = { pid: 8, host: 'here', started: 'monday' };

const processes = (self: LockHolder, alive: readonly LockHolder[] = []): Processes => ({
  self,
  isAlive: (holder) => alive.some(({ pid, started }) => pid === holder.pid && started === holder.started),
});

async function emptyRun() {
  const fileSystem = createMemoryFileSystem();
  await fileSystem.makeDirectory('/run');
  return fileSystem;
}

describe('the lock of a run', () => {
  test('keeps a second writer out, and says who holds it', async () => {
    const fileSystem = await emptyRun();
    await lockRun(fileSystem, '/run', processes(process7));
    await assert.rejects(lockRun(fileSystem, '/run', processes(process8, [process7])), {
      code: 'RUN_LOCKED',
      message: /process 7 is writing the run/,
      place: { file: '/run/run.lock' },
    });
  });

  test('keeps the same process from opening a run twice', async () => {
    const fileSystem = await emptyRun();
    await lockRun(fileSystem, '/run', processes(process7, [process7]));
    await assert.rejects(lockRun(fileSystem, '/run', processes(process7, [process7])), { code: 'RUN_LOCKED' });
  });

  test('is free again once released', async () => {
    const fileSystem = await emptyRun();
    const lock = await lockRun(fileSystem, '/run', processes(process7));
    await lock.release();
    await lockRun(fileSystem, '/run', processes(process8, [process7]));
  });

  test('is taken over from a process that is gone, even where another has its number now', async () => {
    const fileSystem = await emptyRun();
    await lockRun(fileSystem, '/run', processes(process7));
    await lockRun(fileSystem, '/run', processes(process8, [{ ...process7, started: 'tuesday' }]));
    await assert.rejects(lockRun(fileSystem, '/run', processes(process7, [process8])), { code: 'RUN_LOCKED', message: /process 8/ });
    assert.deepEqual((await fileSystem.list('/run')).map(({ name }) => name), ['run.lock']);
  });

  test('of another machine stays, as nobody here can tell whether its process runs', async () => {
    const fileSystem = await emptyRun();
    await lockRun(fileSystem, '/run', processes({ ...process7, host: 'there' }));
    await assert.rejects(lockRun(fileSystem, '/run', processes(process8)), { code: 'RUN_LOCKED', message: /process 7 of there .*if it is gone, remove the file/ });
  });

  test('that cannot be read is taken over', async () => {
    const fileSystem = await emptyRun();
    await fileSystem.createIfAbsent('/run/run.lock', new TextEncoder().encode('{"pid":'));
    await lockRun(fileSystem, '/run', processes(process8));
  });

  test('goes to one of two that take it over at the same time', async () => {
    for (let round = 0; round < 20; round++) {
      const fileSystem = await emptyRun();
      await lockRun(fileSystem, '/run', processes({ pid: 1, host: 'here', started: 'sunday' }));
      const both = [process7, process8];
      const taken = await Promise.allSettled(both.map((self) => lockRun(fileSystem, '/run', processes(self, both))));
      assert.equal(taken.filter(({ status }) => status === 'fulfilled').length, 1);
    }
  });
});

describe('what a kill while locking leaves beside the lock', () => {
  const names = async (fileSystem: Awaited<ReturnType<typeof emptyRun>>): Promise<string[]> => (await fileSystem.list('/run')).map(({ name }) => name).sort();
  const left = async (files: Readonly<Record<string, string>>) => {
    const fileSystem = await emptyRun();
    for (const [name, text] of Object.entries(files)) await fileSystem.createIfAbsent(`/run/${name}`, new TextEncoder().encode(text));
    return fileSystem;
  };

  test('is removed by the next that locks, whole or torn', async () => {
    const fileSystem = await left({ 'run.lock.7': JSON.stringify(process7), 'run.lock.9': '{"pid":', 'run.lock.10': '', 'run.lock.stale-11': JSON.stringify(process7) });
    await lockRun(fileSystem, '/run', processes(process8));
    assert.deepEqual(await names(fileSystem), ['run.lock']);
  });

  test('is removed where another process has its number now', async () => {
    const fileSystem = await left({ 'run.lock.7': JSON.stringify(process7) });
    await lockRun(fileSystem, '/run', processes(process8, [{ ...process7, started: 'tuesday' }]));
    assert.deepEqual(await names(fileSystem), ['run.lock']);
  });

  test('stays while its process runs, or where it is of another machine; so does what is none of it', async () => {
    const others = { 'run.lock.7': JSON.stringify(process7), 'run.lock.12': JSON.stringify({ pid: 12, host: 'there', started: 'monday' }), 'run.lock.notes': 'mine', 'other.lock.9': '' };
    const fileSystem = await left(others);
    await lockRun(fileSystem, '/run', processes(process8, [process7]));
    assert.deepEqual(await names(fileSystem), [...Object.keys(others), 'run.lock'].sort());
  });

  test('is removed even where the lock is held', async () => {
    const fileSystem = await left({ 'run.lock': JSON.stringify(process7), 'run.lock.9': '' });
    await assert.rejects(lockRun(fileSystem, '/run', processes(process8, [process7])), { code: 'RUN_LOCKED' });
    assert.deepEqual(await names(fileSystem), ['run.lock']);
  });

  test('is removed from a real folder once its process was killed, and not before', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-lock-'));
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const pid = child.pid ?? 0;
    writeFileSync(join(folder, `run.lock.${pid}`), JSON.stringify({ ...nodeProcesses.self, pid, started: null }));
    await (await lockRun(nodeFileSystem, folder, nodeProcesses)).release();
    assert.deepEqual(readdirSync(folder), [`run.lock.${pid}`]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await lockRun(nodeFileSystem, folder, nodeProcesses)).release();
    assert.deepEqual(readdirSync(folder), []);
    rmSync(folder, { recursive: true });
  });
});

describe('the processes of this machine', () => {
  test('know this one alive', () => {
    assert.equal(nodeProcesses.self.pid, process.pid);
    assert.equal(nodeProcesses.isAlive(nodeProcesses.self), true);
  });

  test('know a killed one gone', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const holder = { ...nodeProcesses.self, pid: child.pid ?? 0, started: null };
    assert.equal(nodeProcesses.isAlive(holder), true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(nodeProcesses.isAlive(holder), false);
  });

  test('tell a process from one that had its number before', { skip: process.platform !== 'linux' }, () => {
    assert.equal(nodeProcesses.isAlive({ ...nodeProcesses.self, started: 'another boot/1' }), false);
  });
});
