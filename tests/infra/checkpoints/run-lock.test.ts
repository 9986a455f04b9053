import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { nodeProcesses } from '../../../infra/checkpoints/node-processes.ts';
import { lockRun, type LockHolder, type Processes } from '../../../infra/checkpoints/run-lock.ts';
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
