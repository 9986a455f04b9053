import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createEventTeller } from '../../../pipelines/distributed/event-teller.ts';
import { groupName } from '../../../pipelines/distributed/run-topics.ts';
import { workerStages } from '../../../pipelines/distributed/stage-names.ts';
import { supervise } from '../../../pipelines/distributed/supervise.ts';
import { pretrainZero } from '../../../pipelines/pretrain-zero.ts';
import type { RunEvent, RunOutcome } from '../../../pipelines/run-events.ts';
import { isError } from '../../is-error.ts';
import { stubConfig } from '../../stub-config.ts';
import { someTurns, turnsUntil } from '../../turns-until.ts';
import { newDirectory } from '../stub-run.ts';
import { createStubTopics } from './stub-run-bus.ts';
import { createStubWorkers } from './stub-workers.ts';

const config = stubConfig({ transport: 'kafka', kafka: { sessionTimeoutMs: 3000 } }); // patience: three looks
const all = workerStages(pretrainZero);
const started = { type: 'started', name: 'stub', pipeline: 'pretrain-zero', directory: 'there', steps: 6, engine: {} as never, stages: [] } as const;
const outcome = (kind: RunOutcome['kind'], step: number): RunOutcome => ({ kind, directory: 'there', step, steps: 6, before: null, after: null, alarms: [] });

async function setUp(workers: Record<string, number> = {}, directory = join(newDirectory(), 'run')) {
  const topics = await createStubTopics(config);
  const others = await topics.connect();
  const processes = createStubWorkers();
  const stop = new AbortController();
  const sleeps: { readonly ms: number; readonly wake: () => void }[] = [];
  const world = {
    connect: () => topics.connect(),
    now: () => 0,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((wake) => {
        sleeps.push({ ms, wake });
        signal?.addEventListener('abort', () => wake());
      }),
  };
  const run = supervise(config, { directory, resume: false, workers, start: processes.start, signal: stop.signal, world });
  const events: RunEvent[] = [];
  run.events.subscribe((event) => events.push(event));
  const teller = createEventTeller(others, 'train/1', () => 0);
  const joinAs = async (stage: string) => (await topics.connect()).bus.join({ group: groupName(config, stage), topics: [others.topic('grants')], open: () => ({ take: () => Promise.resolve(null), revoked: () => undefined }) });
  let looks = 0;
  /** Lets the next look come about. */
  const look = async (): Promise<void> => {
    await turnsUntil('a look is due', () => sleeps.filter(({ ms }) => ms === 2000).length > looks);
    sleeps.filter(({ ms }) => ms === 2000)[looks++]!.wake();
    await turnsUntil('the next is due', () => sleeps.filter(({ ms }) => ms === 2000).length > looks);
  };
  return { directory, processes, stop, run, events, tell: teller.tell, join: joinAs, look, begun: () => turnsUntil('workers', () => processes.started.length > 0) };
}

test('one worker of each stage is started; their events are those of the run, and the run ends when its sink does', async () => {
  const { directory, processes, run, events, tell, begun } = await setUp();
  await begun();
  assert.deepEqual(processes.stages(), [...all].sort());
  tell(started);
  tell({ type: 'warning', code: 'DISK_FULL', message: 'nearly', step: 1 });
  tell(started); // a sink in the place of one that failed
  tell({ type: 'failed', code: null, message: 'told by the exit' });
  tell({ type: 'finished', ...outcome('completed', 6) });
  await turnsUntil('events', () => events.length === 2);
  processes.started.forEach((worker) => worker.exit());
  assert.deepEqual(await run.done, { ...outcome('completed', 6), directory });
  assert.deepEqual(events.map(({ type }) => type), ['started', 'warning', 'finished']);
  assert.ok(processes.started.every(({ told }) => told.length === 0), 'they left by themselves');
});

test('workers that are there already are left to their work', async () => {
  const topics = await setUp({ 'predict-spans': 3, 'generate-masks': 0 });
  await Promise.all([topics.join('predict-spans'), topics.join('train')]);
  await topics.begun();
  assert.deepEqual(topics.processes.stages(), ['log', 'predict-spans', 'predict-spans', 'score-groups', 'source']);
  topics.stop.abort();
  assert.equal((await topics.run.done).kind, 'interrupted');
});

test('a worker that was dead already, and counted until its session was over, is made good', async () => {
  const { processes, join: joinGroup, look, stop, run, begun } = await setUp();
  const dead = await joinGroup('source');
  await begun();
  assert.equal(processes.stages().includes('source'), false);
  await look();
  await dead.close();
  await look();
  await look();
  assert.equal(processes.stages().includes('source'), false);
  await look();
  assert.deepEqual(processes.stages(), [...all].sort());
  await look();
  assert.equal(processes.started.length, all.length);
  stop.abort();
  await run.done;
});

test('Ctrl-C stops the sink alone, and the run ends with what it says', async () => {
  const { processes, stop, run, events, tell, begun, directory } = await setUp();
  await begun();
  tell(started);
  await turnsUntil('started', () => events.length === 1);
  stop.abort();
  assert.deepEqual(processes.started.filter(({ told }) => told.length > 0).map(({ stage }) => stage), ['train']);
  await someTurns();
  assert.equal(events.length, 1, 'the sink is still at its step');
  tell({ type: 'finished', ...outcome('interrupted', 4) });
  await turnsUntil('the rest is told', () => events.length === 1);
  processes.started.forEach((worker) => worker.exit());
  assert.deepEqual(await run.done, { ...outcome('interrupted', 4), directory });
});

test('Ctrl-C leaves a sink of another, and one that had not begun is not waited for', async () => {
  const foreign = await setUp();
  await foreign.join('train');
  await foreign.begun();
  foreign.tell(started);
  await turnsUntil('started', () => foreign.events.length === 1);
  foreign.stop.abort();
  assert.equal((await foreign.run.done).kind, 'interrupted');
  assert.ok(foreign.processes.started.every(({ told }) => told.includes('stop')), 'what was started here leaves');

  const early = await setUp();
  await early.begun();
  early.stop.abort();
  assert.deepEqual(await early.run.done, { ...outcome('interrupted', 0), directory: early.directory });
});

test('a worker that fails for good ends the run, and the others with it', async () => {
  const { processes, run, begun } = await setUp();
  await begun();
  processes.started.find(({ stage }) => stage === 'source')!.exit({ code: 1, failure: { code: 'CORPUS_NOT_FOUND', message: 'no such file' } });
  await assert.rejects(run.done, isError('CORPUS_NOT_FOUND', /no such file \(worker source\)/));
  assert.ok(processes.started.every(({ stage, told }) => stage === 'source' || told.includes('stop')));
});

test('a folder that holds a run is refused before anything is started', async () => {
  const directory = newDirectory();
  writeFileSync(join(directory, 'manifest.jsonl'), '{}\n');
  const { run, processes } = await setUp({}, directory);
  await assert.rejects(run.done, isError('RUN_EXISTS', /holds a run/));
  assert.equal(processes.started.length, 0);
});
