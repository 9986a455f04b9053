import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostCheckpoints, requireRoom } from '../../../infra/checkpoints/checkpoint-room.ts';
import { createMemoryFileSystem } from '../file-system/memory-file-system.ts';

const run = { steps: 35, checkpointEvery: 10, keepCheckpoints: 2 };
const parameters = 2 ** 20; // a checkpoint of 12 MiB
const disk = (freeMiB: number) => ({ ...createMemoryFileSystem(), freeBytes: () => Promise.resolve(freeMiB * 2 ** 20) });

test('one more checkpoint than is kept is there at once, or fewer where the run has fewer', () => {
  assert.equal(mostCheckpoints(run), 3);
  assert.equal(mostCheckpoints({ ...run, steps: 9 }), 1);
});

test('a disk without room for them is refused, with how much is needed', async () => {
  await requireRoom(disk(36), '/runs/one', run, parameters);
  await assert.rejects(requireRoom(disk(35.5), '/runs/one', run, parameters), { code: 'DISK_FULL', message: /3 more will be there at once, 36 MiB, and 35 MiB are free .*\(\/runs\/one\)/ });
});

test('checkpoints that are there already need no room', async () => {
  const fileSystem = disk(25);
  for (const step of ['10', '20']) await fileSystem.makeDirectory(`/runs/one/checkpoints/step-0000${step}`);
  await requireRoom(fileSystem, '/runs/one', run, parameters);
});
