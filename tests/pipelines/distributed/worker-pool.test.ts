import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkerPool } from '../../../pipelines/distributed/worker-pool.ts';
import type { RunEvent } from '../../../pipelines/run-events.ts';
import { isError } from '../../is-error.ts';
import { someTurns, turnsUntil } from '../../turns-until.ts';
import { createStubWorkers } from './stub-workers.ts';

/** @param lasting whether a pause does not end, by its number from 1 on. */
function setUp({ obeys = true, lasting = () => false }: { readonly obeys?: boolean; readonly lasting?: (pause: number) => boolean } = {}) {
  const workers = createStubWorkers(obeys);
  const pauses: number[] = [];
  const events: RunEvent[] = [];
  const signals: AbortSignal[] = [];
  const wait = (ms: number, signal: AbortSignal): Promise<void> => {
    pauses.push(ms);
    signals.push(signal);
    return lasting(pauses.length) ? new Promise(() => undefined) : Promise.resolve();
  };
  const pool = new WorkerPool({ start: workers.start, emit: (event) => events.push(event), wait });
  /** Whether something is still waited for. */
  const waits = (): boolean => signals.some(({ aborted }) => !aborted);
  return { workers, pauses, waits, events, pool };
}

const killed = { code: null, signal: 'SIGKILL' } as const;
const failed = (code: string, message = 'why') => ({ code: 1, failure: { code, message } });

test('a worker that dies is started again after pauses that grow to half a minute, and it is said', async () => {
  const { workers, pauses, events, pool } = setUp();
  pool.start('predict-spans');
  for (let death = 1; death <= 9; death++) {
    workers.started.at(-1)!.exit(killed);
    await turnsUntil(`start after death ${death}`, () => workers.started.length === death + 1);
  }
  assert.deepEqual(pauses, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  assert.deepEqual(events[0], { type: 'warning', code: 'WORKER_FAILED', message: 'the worker predict-spans ended (SIGKILL); another starts in 0.5 s', step: null });
  assert.equal(pool.count('predict-spans'), 1);
});

test('a step that is done forgives the deaths before it', async () => {
  const { workers, pauses, pool } = setUp();
  pool.start('train');
  workers.started[0]!.exit(killed);
  await turnsUntil('second', () => workers.started.length === 2);
  pool.progressed();
  workers.started[1]!.exit(killed);
  await turnsUntil('third', () => workers.started.length === 3);
  assert.deepEqual(pauses, [500, 500]);
});

test('a stage that keeps dying ends the run, with what it died of', async () => {
  const { workers, pool } = setUp();
  pool.start('train');
  for (let death = 1; death <= 12; death++) {
    workers.started.at(-1)!.exit(failed('BROKER_UNREACHABLE', 'nobody listens'));
    await turnsUntil('next', () => workers.started.length === death + 1);
  }
  workers.started.at(-1)!.exit(failed('BROKER_UNREACHABLE', 'nobody listens'));
  await assert.rejects(pool.failed, isError('WORKER_FAILED', /train died 13 times in a row, the last time of BROKER_UNREACHABLE: nobody listens/));
  assert.equal(workers.started.length, 13);
});

test('an error that another start would not mend ends the run at once, with its own code', async () => {
  const { workers, pool } = setUp();
  pool.start('source');
  workers.started[0]!.exit(failed('CORPUS_NOT_FOUND', 'no such file'));
  await assert.rejects(pool.failed, isError('CORPUS_NOT_FOUND', /no such file \(worker source\)/));
  assert.equal(workers.started.length, 1);
});

test('a worker that leaves is not started again', async () => {
  const { workers, pool } = setUp();
  pool.start('log');
  workers.started[0]!.exit();
  await turnsUntil('gone', () => pool.count('log') === 0);
  assert.equal(workers.started.length, 1);
});

test('a stage alone is told to stop', () => {
  const { workers, pool } = setUp();
  ['train', 'log', 'train'].forEach((stage) => pool.start(stage));
  pool.stop('train');
  assert.deepEqual(workers.started.map(({ told }) => told), [['stop'], [], ['stop']]);
});

test('at the end workers may leave by themselves; then they are told to, then made to', async () => {
  const leaving = setUp({ lasting: () => true });
  leaving.pool.start('log');
  const ended = leaving.pool.end(10);
  leaving.workers.started[0]!.exit();
  await ended;
  assert.deepEqual(leaving.workers.started[0]!.told, []);

  const told = setUp({ lasting: (pause) => pause === 2 });
  told.pool.start('log');
  await told.pool.end(10);
  assert.deepEqual(told.workers.started[0]!.told, ['stop']);

  const deaf = setUp({ obeys: false });
  deaf.pool.start('log');
  await deaf.pool.end(10);
  assert.deepEqual(deaf.workers.started[0]!.told, ['stop', 'kill']);
  assert.deepEqual(deaf.pauses, [10, 30_000]);
  assert.ok(![leaving, told, deaf].some(({ waits }) => waits()), 'no timer is left');
});

test('a worker whose next start is due at the end is not started', async () => {
  let lasting = true;
  const waits: (() => void)[] = [];
  const workers = createStubWorkers();
  const pool = new WorkerPool({ start: workers.start, emit: () => undefined, wait: () => (lasting ? new Promise((resolve) => waits.push(resolve)) : Promise.resolve()) });
  pool.start('log');
  workers.started[0]!.exit(killed);
  await turnsUntil('pause', () => waits.length === 1);
  lasting = false;
  await pool.end(0);
  waits[0]!();
  await someTurns();
  assert.equal(workers.started.length, 1);
});

test('a worker whose turn to start again comes after the end is not waited for', async () => {
  const { workers, pool, waits } = setUp({ lasting: () => true });
  pool.start('log');
  workers.started[0]!.exit(killed);
  await turnsUntil('pause', waits);
  await pool.end(0);
  assert.ok(!waits());
  assert.equal(workers.started.length, 1);
});
