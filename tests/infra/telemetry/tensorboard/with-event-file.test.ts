import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import { stepReport } from '../../../../schemas/records/step-report.ts';
import { layout } from '../../../../infra/checkpoints/run-layout.ts';
import { withEventFile } from '../../../../infra/telemetry/tensorboard/with-event-file.ts';
import type { RunStore, StepCommit } from '../../../../operators/ports/run-store.ts';
import { arbitraryRecord } from '../../../arbitrary-record.ts';
import { saveWeights } from '../../../step-commit.ts';
import { createMemoryFileSystem, type MemoryFileSystem } from '../../file-system/memory-file-system.ts';
import { clock, directory, openTestRun } from '../../checkpoints/open-test-run.ts';
import { decodeEvents, withoutClock, type DecodedScalar } from './decode-events.ts';

const eventFile = `${directory}/${layout.events}`;
const steps = 7;
const commits = new Map<number, StepCommit>();

/** Checkpoints at even steps; the base model's held-out rows come with step 1, others with step 4. */
function commitOf(step: number): StepCommit {
  const known = commits.get(step) ?? makeCommit(step);
  commits.set(step, known);
  return known;
}

function makeCommit(step: number): StepCommit {
  const [report] = fc.sample(arbitraryRecord(stepReport), { numRuns: 1, seed: step });
  const rows = { paragraphs: [], rescored: false, gradientBatches: [], evaluations: [], deadLetters: [], pending: [], pendingLetters: [] };
  const commit = { ...rows, step, report: { ...report!, step, policyVersion: step, learningRate: step / 8 }, corpusPosition: { byteOffset: step }, checkpoint: step % 2 === 0 };
  const row = (at: number, correct: boolean) => ({ step: at, kind: 'cloze', itemId: 'a', sampleIndex: 0, spanClass: 'knowledge', expected: 'a', answer: 'a', responseText: '', correct }) as const;
  if (step === 1) return { ...commit, evaluations: [row(0, false), row(0, true)] };
  return step === 4 ? { ...commit, evaluations: [row(4, true)] } : commit;
}

async function write(store: RunStore, fileSystem: MemoryFileSystem, last: number): Promise<void> {
  const { step: from } = await store.resumePoint();
  for (let step = from + 1; step <= last; step++) {
    await store.commit(commitOf(step), saveWeights(fileSystem, step));
    await store.recordTiming({ step, wallTimeMs: 1000 * step, totalMs: 20, generateMs: 10, trainMs: 10, logMs: 0, flowMs: 0 });
  }
}

async function open(fileSystem: MemoryFileSystem, resume: boolean): Promise<RunStore> {
  const { store } = await openTestRun(fileSystem, { resume });
  return withEventFile(store, { fileSystem, clock });
}

function eventsOf(fileSystem: MemoryFileSystem): DecodedScalar[] {
  return decodeEvents(Buffer.from(fileSystem.contents().get(eventFile) ?? '', 'latin1'));
}

async function undisturbed(): Promise<MemoryFileSystem> {
  const fileSystem = createMemoryFileSystem();
  const store = await open(fileSystem, false);
  await write(store, fileSystem, steps);
  await store.close();
  return fileSystem;
}

test('each step has its scalars once, in order, at the time it ended; the base model is step 0', async () => {
  const events = eventsOf(await undisturbed());
  const rates = events.filter(({ tag }) => tag === 'learning_rate');
  assert.deepEqual(rates.map(({ step }) => step), [1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual(rates.map(({ wallTime }) => wallTime), [1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual(rates.map(({ value }) => value), [1, 2, 3, 4, 5, 6, 7].map((step) => Math.fround(commitOf(step).report.learningRate)));
  const heldOut = events.filter(({ tag }) => tag === 'held_out/accuracy/knowledge');
  assert.deepEqual(heldOut.map(({ step, value }) => [step, value]), [[0, 0.5], [4, 1]]);
});

test('a step timed only after its store was opened anew has its scalars once', async () => {
  const fileSystem = createMemoryFileSystem();
  const first = await open(fileSystem, false);
  await first.commit({ ...commitOf(1), checkpoint: true }, saveWeights(fileSystem, 1));
  await first.close();
  const second = await open(fileSystem, true);
  await second.recordTiming({ step: 1, wallTimeMs: 1000, totalMs: 20, generateMs: 10, trainMs: 10, logMs: 0, flowMs: 0 });
  await second.close();
  assert.deepEqual(eventsOf(fileSystem).filter(({ tag }) => tag === 'learning_rate').map(({ step }) => step), [1]);
});

test('killed after any operation and resumed, the file holds what that of an undisturbed run does', async () => {
  const expected = withoutClock(eventsOf(await undisturbed()));
  let crashes = 0;
  for (const machine of ['process', 'machine'] as const) {
    for (let lastOperation = 1, ended = false; !ended; lastOperation += 7) {
      const fileSystem = createMemoryFileSystem();
      let operations = 0;
      fileSystem.before = () => {
        if (++operations > lastOperation) throw new Error('crash');
      };
      try {
        await write(await open(fileSystem, false), fileSystem, steps);
        ended = true;
      } catch {
        crashes += 1;
      }
      fileSystem.before = () => undefined;
      fileSystem.crash(machine);
      const begun = fileSystem.contents().has(`${directory}/${layout.config}`);
      const store = await open(fileSystem, begun);
      await write(store, fileSystem, steps);
      assert.deepEqual(withoutClock(eventsOf(fileSystem)), expected, `${machine}, operation ${lastOperation}`);
    }
  }
  assert.ok(crashes > 20, `${crashes} crashes`);
});

test('a file that is damaged, gone or of a run without one is made anew from the log, with the throughput that is known', async () => {
  const whole = await undisturbed();
  const bytes = Buffer.from(whole.contents().get(eventFile)!, 'latin1');
  const expected = eventsOf(whole);
  const damages: readonly ((file: Buffer) => Uint8Array)[] = [() => new Uint8Array(), (file) => file.subarray(0, file.length - 1), (file) => (file[200]! ^= 1, file), () => Buffer.from('not an event file')];
  for (const damage of damages) {
    const fileSystem = await undisturbed();
    await fileSystem.remove(`${directory}/${layout.lock}`);
    fileSystem.overwrite(eventFile, damage(Buffer.from(bytes)));
    await open(fileSystem, true); // goes on from step 6, the last with a checkpoint
    assert.deepEqual(eventsOf(fileSystem), expected.filter(({ step }) => step <= 6));
  }
});

test('a file that is whole is not written again', async () => {
  const fileSystem = createMemoryFileSystem();
  const store = await open(fileSystem, false);
  await write(store, fileSystem, 6);
  await store.close();
  const written: string[] = [];
  fileSystem.before = (operation, path) => {
    if (path.includes('tfevents')) written.push(operation);
  };
  await open(fileSystem, true);
  assert.deepEqual(written, []);
});

test('a full disk is told like that of any other file of the run', async () => {
  const fileSystem = createMemoryFileSystem();
  const store = await open(fileSystem, false);
  fileSystem.before = (operation, path) => {
    if (operation === 'write' && path === eventFile) throw Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' });
  };
  await assert.rejects(write(store, fileSystem, 1), (error) => error instanceof PretrainZeroError && error.code === 'DISK_FULL');
});
