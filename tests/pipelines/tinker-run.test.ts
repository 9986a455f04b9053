/** Whole runs on a fake Tinker server: over faults, after a restart of the server, and with workers apart, they leave what an undisturbed run leaves. */
import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Engine } from '../../operators/ports/engine.ts';
import type { StepCommit } from '../../operators/ports/run-store.ts';
import { stubServer, type StubServer } from '../infra/engine/tinker/fake/stub-server.ts';
import type { Faults } from '../infra/engine/tinker/fake/fault.ts';
import { filesOf } from '../faults/killed-run.ts';
import { isError } from '../is-error.ts';
import { createMemoryBroker } from '../memory-bus.ts';
import { stubConfig } from '../stub-config.ts';
import { createStubParagraphSource } from '../stub-paragraph-source.ts';
import { createStubRunStore, type StubRunStore } from '../stub-run-store.ts';
import { startDistributedRun } from './distributed/distributed-run.ts';
import { newDirectory, startStubRun } from './stub-run.ts';

const config = stubConfig();

async function serve(t: TestContext): Promise<StubServer> {
  const server = await stubServer();
  t.after(() => server.fake.stop());
  return server;
}

async function run(engine: Engine, store: StubRunStore, resume = false): Promise<readonly StepCommit[]> {
  const started = await startStubRun(config, { store, resume, parts: { engine, source: createStubParagraphSource() } });
  try {
    await started.run.done;
  } finally {
    await engine.close().catch(() => undefined); // a server that was started again has lost the model
  }
  return store.commits;
}

let known: Promise<readonly StepCommit[]> | null = null;

function undisturbed(t: TestContext): Promise<readonly StepCommit[]> {
  known ??= serve(t).then(async ({ open }) => run(await open(), createStubRunStore(newDirectory())));
  return known;
}

const trained = (commits: readonly StepCommit[]): number[] => commits.map(({ gradientBatches }) => gradientBatches.reduce((sum, { responses }) => sum + responses, 0)).filter((responses) => responses > 0);

test('a run trains each response once, by steps of the mean over them', async (t) => {
  const { open, fake } = await serve(t);
  const commits = await run(await open(), createStubRunStore(newDirectory()));
  assert.equal(commits.length, config.run.steps);
  assert.ok(trained(commits).length >= 4, 'there is something to lose');
  assert.deepEqual(fake.tinker.steps.map(({ data }) => data), trained(commits));
  assert.deepEqual(commits.map(({ report }) => report.updateNorm), commits.map(() => null));
});

test('a run over a network that loses every third request or reply, and a server that pushes back, commits the same', async (t) => {
  const expected = await undisturbed(t);
  const { open, fake } = await serve(t);
  const engine = await open();
  const kinds = ['cut', 'reply-lost', { status: 429 }, { status: 503 }, 'try-again'] as const;
  const faults: Faults = ({ path, before }) => {
    if (before % 3 !== 0) return null;
    const fault = kinds[(before / 3) % kinds.length]!;
    return fault === 'try-again' && path !== 'retrieve_future' ? 'cut' : fault;
  };
  fake.faults = (request) => (request.path.startsWith('training_runs') ? null : faults(request));
  const commits = await run(engine, createStubRunStore(newDirectory()));
  assert.deepEqual(commits, expected);
  assert.deepEqual(fake.tinker.steps.map(({ data }) => data), trained(commits));
});

test('a run whose server is killed in any step goes on from its last checkpoint, and commits the same', async (t) => {
  const expected = await undisturbed(t);
  for (let killedIn = 1; killedIn <= config.run.steps; killedIn += 2) {
    const { open, fake } = await serve(t);
    const directory = newDirectory();
    const crashed = createStubRunStore(directory);
    let killed = false;
    fake.faults = ({ path }) => {
      if (killed || path !== 'forward_backward' || crashed.commits.length < killedIn) return null;
      killed = true;
      void fake.restart();
      return 'cut';
    };
    await assert.rejects(run(await open(), crashed), isError('ENGINE_FAILED', /the server has lost it/), `killed after step ${killedIn}`);
    const copy = newDirectory();
    await cp(directory, copy, { recursive: true });
    const commits = await run(await open(), createStubRunStore(copy, { commits: crashed.commits }), true);
    assert.deepEqual(commits, expected, `killed after step ${killedIn}`);
  }
});

test('over a message bus with several workers that are killed, each on the server by itself, it leaves the folder of one worker a stage', async (t) => {
  const folder = async (workers: Readonly<Record<string, number>>, kills: number): Promise<Map<string, Buffer | string>> => {
    const { open } = await serve(t);
    const directory = join(newDirectory(), 'run');
    const broker = createMemoryBroker({ seed: 5, ...(kills > 0 && { redeliver: 0.1, pause: 0.3 }) });
    let [events, left] = [0, kills];
    const apart = await startDistributedRun({
      ...{ config: stubConfig({ kafka: { partitions: 3 } }), directory, workers, newEngine: open, newSource: () => createStubParagraphSource(), connect: () => Promise.resolve(broker.connect()) },
      onEvent: () => {
        events += 1;
        if (events % 25 !== 10 || left === 0) return;
        left -= 1;
        setImmediate(() => void apart.replace(apart.workers.find(({ stage }) => stage === 'predict-spans')!));
      },
    });
    const outcome = await apart.outcome;
    assert.deepEqual([outcome.kind, outcome.step, left], ['completed', config.run.steps, 0]);
    return new Map([...filesOf(directory)].filter(([path]) => /^(?:samples|metrics|dead-letters)\b/u.test(path) && !path.includes('timings')));
  };
  const one = await folder({}, 0);
  assert.ok(one.size > 0);
  assert.deepEqual(await folder({ 'generate-masks': 2, 'predict-spans': 3 }, 3), one);
});
