/** A step without a checkpoint is written while the next one is sampled: what happens where that goes wrong, or takes long. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { RunEvent } from '../../pipelines/run-events.ts';
import { newDirectory, startStubRun, stubRun } from '../pipelines/stub-run.ts';
import { stubConfig } from '../stub-config.ts';
import { createStubEngine } from '../stub-engine.ts';
import { createStubRunStore, type StubRunStore, type StubRunStoreOptions } from '../stub-run-store.ts';

const config = stubConfig({ run: { steps: 6, checkpointEvery: 100 } });
const storeWith = (before: StubRunStoreOptions['before'], changes: Partial<StubRunStore> = {}): StubRunStore => ({ ...createStubRunStore(newDirectory(), { ...(before && { before }) }), ...changes });
const diskFull = (): PretrainZeroError => new PretrainZeroError('DISK_FULL', 'the disk is full', { file: 'samples' });
const stepsDone = (events: readonly RunEvent[]): number[] => events.flatMap((event) => (event.type === 'step-done' ? [event.step] : []));

/** Something to wait for until it is opened. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** Rejections that nobody awaited while `work` went on. */
async function unhandled(work: () => Promise<void>): Promise<unknown[]> {
  const seen: unknown[] = [];
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', (reason) => seen.push(reason));
  try {
    await work();
    await sleep(20);
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of others) process.on('unhandledRejection', listener);
  }
  return seen;
}

test('a commit that fails while the next step is sampled ends the run with its error, and the step is not told as done', async () => {
  const sampling = gate();
  const store = storeWith(async ({ step }) => {
    if (step !== 3) return;
    await sampling.opened;
    throw diskFull();
  });
  const lost = await unhandled(async () => {
    const { run, events } = await startStubRun(config, { store });
    run.events.subscribe((event) => event.type === 'stage-progress' && event.step === 4 && sampling.open());
    await assert.rejects(run.done, { code: 'DISK_FULL' });
    assert.deepEqual(stepsDone(events), [1, 2]);
    assert.deepEqual(events.at(-1), { type: 'failed', code: 'DISK_FULL', message: 'the disk is full (samples)' });
  });
  assert.deepEqual(store.commits.map(({ step }) => step), [1, 2]);
  assert.deepEqual(lost, []);
});

test('a commit that fails while the timing of the step before is still being written is no unhandled rejection', async () => {
  const failed = gate();
  const store = storeWith(
    ({ step }) => {
      if (step !== 2) return;
      setTimeout(failed.open, 50);
      throw diskFull();
    },
    { recordTiming: ({ step }) => (step === 1 ? failed.opened : Promise.resolve()) },
  );
  const lost = await unhandled(async () => {
    const { run } = await startStubRun(config, { store, engine: createStubEngine({ before: () => sleep(20) }) });
    await assert.rejects(run.done, { code: 'DISK_FULL' });
  });
  assert.deepEqual(lost, []);
});

test('commits do not overlap, however slow they are, and their steps are told in order', async () => {
  const log: string[] = [];
  const store = storeWith(async ({ step }) => {
    log.push(`begin ${step}`);
    await sleep(15);
    log.push(`end ${step}`);
  });
  const { events } = await stubRun(config, { store });
  assert.deepEqual(log, [1, 2, 3, 4, 5, 6].flatMap((step) => [`begin ${step}`, `end ${step}`]));
  assert.deepEqual(stepsDone(events), [1, 2, 3, 4, 5, 6]);
});
