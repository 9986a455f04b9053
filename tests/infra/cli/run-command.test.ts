import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { runProgram } from '../../../infra/cli/program.ts';
import type { RunEvent, RunOutcome } from '../../../pipelines/run-events.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { openCollector, pointsOf } from '../telemetry/otlp/collector.ts';
import { errorCodes } from '../../../schemas/error-codes.ts';
import { completed, started, stepDone, summaryBefore } from './sample-events.ts';
import { testTerminal, testWorld } from './test-world.ts';

const interrupted = { ...completed, kind: 'interrupted', step: 4, after: null } as const;

test('run starts the config in runs/NAME, shows it, closes with the table, and exits 0', async () => {
  const world = testWorld((emit) => {
    emit(started);
    emit({ type: 'evaluation', step: 0, summary: summaryBefore });
    emit(stepDone(1));
    return completed;
  });
  assert.equal(await runProgram(['run', 'quickstart'], world), 0);
  const [call] = world.launches;
  assert.equal(call?.options.directory, 'runs/quickstart');
  assert.equal(call.options.resume, false);
  assert.equal(call.config.run.name, 'quickstart');
  const out = world.terminal.out();
  for (const part of [/^quickstart: pretrain-zero, 35 steps/, /\nstep 1\/35 /, /\nDone: 35 of 35 steps\.\n/, /\n {2}all +31\.0% +45\.5% +\+14\.5\n/, /\nEverything is in runs\/quickstart\n/, /\n {2}npx pretrainzero sample runs\/quickstart\n/]) {
    assert.match(out, part);
  }
  assert.equal(world.terminal.errors(), '');
});

test('--set, --out and --resume reach the run', async () => {
  const world = testWorld(() => completed);
  await runProgram(['run', 'quickstart', '--set', 'run.seed=7', '--set', 'run.steps=9', '--out', '/home/someone/elsewhere/a', '--resume'], world);
  const [call] = world.launches;
  assert.deepEqual([call?.config.run.seed, call?.config.run.steps, call?.options.directory, call?.options.resume], [7, 9, 'elsewhere/a', true]);
});

test('--out may be the working directory itself', async () => {
  const world = testWorld(() => completed);
  await runProgram(['run', 'quickstart', '--out', '/home/someone'], world);
  assert.equal(world.launches[0]?.options.directory, '.');
});

test('--json prints events alone, one a line', async () => {
  const world = testWorld((emit) => {
    emit(started);
    emit(stepDone(1));
    return completed;
  });
  assert.equal(await runProgram(['run', 'quickstart', '--json'], world), 0);
  const lines = world.terminal.out().trimEnd().split('\n');
  assert.deepEqual(lines.map((line): unknown => JSON.parse(line)), [started, stepDone(1)]);
});

test('the first Ctrl-C asks for the end and says how to go on; the run ends with 130', async () => {
  for (const name of ['SIGINT', 'SIGTERM']) {
    const world = testWorld((_, { options }) => {
      const before = options.signal?.aborted;
      world.signals.emit(name);
      assert.deepEqual([before, options.signal?.aborted], [false, true]);
      return interrupted;
    });
    assert.equal(await runProgram(['run', 'quickstart', '--set', 'run.name=my.run'], world), 130);
    const again = 'npx pretrainzero run quickstart --set run.name=my.run --out runs/my.run --resume';
    assert.match(world.terminal.errors(), /Finishing the step in progress.*Ctrl-C again stops at once/);
    assert.ok(world.terminal.errors().includes(again));
    assert.match(world.terminal.out(), /Stopped after step 4 of 35; nothing of it is lost\./);
    assert.ok(world.terminal.out().includes(again));
    assert.deepEqual(world.exits, []);
    assert.equal(world.signals.listenerCount(name), 0, 'signals act as before once the run is over');
  }
});

test('a run that a failure sign stopped ends with 3, and says which, what to do, and how to go on', async () => {
  const message = 'step 4: "in the" is 41.0% of what was masked within 10 steps (imbalance 0.410, alarms.imbalance 0.25)';
  const alarm = { sign: 'imbalance', code: 'PICKS_IMBALANCED', step: 4, value: 0.41, threshold: 0.25, message } as const;
  const world = testWorld(() => ({ ...interrupted, kind: 'alarm', alarms: [alarm] }));
  assert.equal(await runProgram(['run', 'quickstart', '--set', 'alarms.onAlarm=stop'], world), 3);
  for (const line of [
    'Stopped by the alarm PICKS_IMBALANCED after step 4 of 35; nothing of it is lost.',
    `  PICKS_IMBALANCED: ${message}`,
    `      ${errorCodes.PICKS_IMBALANCED}`,
    '  npx pretrainzero run quickstart --set alarms.onAlarm=stop --out runs/quickstart --set alarms.onAlarm=warn --resume',
  ]) assert.ok(world.terminal.out().split('\n').includes(line), line);
});

test('the second Ctrl-C stops at once with 130, but one that npm passes on is no second one', async () => {
  const exitsAt: [ms: number, exits: number[]][] = [];
  const world = testWorld(() => {
    for (const ms of [0, 20, 2000]) {
      world.setTime(ms);
      world.signals.emit('SIGINT');
      exitsAt.push([ms, [...world.exits]]);
    }
    return interrupted;
  });
  await runProgram(['run', 'quickstart'], world);
  assert.deepEqual(exitsAt, [[0, []], [20, []], [2000, [130]]]);
  assert.match(world.terminal.errors(), /Stopped\. Go on with\n {2}npx pretrainzero run quickstart --out runs\/quickstart --resume/);
});

test('a mistake in the config is told without a stack trace, before anything is started, and exits 2', async () => {
  const world = testWorld();
  assert.equal(await runProgram(['run', 'quickstart', '--set', 'corpus.pth=a'], world), 2);
  assert.equal(world.terminal.errors(), 'CONFIG_UNKNOWN_KEY: there is no key corpus.pth; did you mean corpus.path? (--set corpus.pth=a)\n-> Remove the key or use the nearest known one.\n');
  assert.equal(world.launches.length, 0);
});

test('a run that fails exits 1 with code, what, where and what to do; where going on is the remedy, with the command', async () => {
  const world = testWorld(() => Promise.reject(new PretrainZeroError('DISK_FULL', 'the disk is full', { file: 'runs/quickstart/manifest.jsonl' })));
  assert.equal(await runProgram(['run', 'quickstart'], world), 1);
  const errors = world.terminal.errors();
  assert.match(errors, /^DISK_FULL: the disk is full \(runs\/quickstart\/manifest\.jsonl\)\n {3}to go on: npx pretrainzero run quickstart --out runs\/quickstart --resume\n-> Free space/);
  assert.doesNotMatch(errors, /\n\s+at /);
});

test('a folder that holds a run already is a mistake in the command', async () => {
  const world = testWorld(() => Promise.reject(new PretrainZeroError('RUN_EXISTS', 'the folder holds a run', { file: 'runs/quickstart' })));
  assert.equal(await runProgram(['run', 'quickstart'], world), 2);
});

test('a defect of the program is shown with its stack, and exits 1', async () => {
  const world = testWorld(() => Promise.reject(new TypeError('undefined is not a function')));
  assert.equal(await runProgram(['run', 'quickstart'], world), 1);
  assert.match(world.terminal.errors(), /^unexpected: TypeError: undefined is not a function\n\s+at /);
});

test('no colour where the terminal has none, colour where it has', async () => {
  const play = () => completed;
  const plain = testWorld(play);
  await runProgram(['run', 'quickstart'], plain);
  assert.doesNotMatch(plain.terminal.out(), /\u001b/);
  const colored = testWorld(play, testTerminal({ color: true }));
  await runProgram(['run', 'quickstart'], colored);
  assert.match(colored.terminal.out(), /\u001b\[32mDone/);
});

test('where the environment names an OpenTelemetry collector, it gets the figures of the steps', async () => {
  const collector = await openCollector();
  after(() => collector.close());
  const play = (emit: (event: RunEvent) => void): RunOutcome => {
    emit(started);
    emit(stepDone(1));
    return completed;
  };
  const world = { ...testWorld(play), environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint } };
  assert.equal(await runProgram(['run', 'quickstart'], world), 0);
  assert.deepEqual(pointsOf(collector.received).filter(({ name }) => name === 'pretrainzero.step').map(({ value }) => value), [1]);
  assert.equal(world.terminal.errors(), '');
});

test('a collector that cannot be reached is told on standard error, and the run is done all the same', async () => {
  const play = (emit: (event: RunEvent) => void): RunOutcome => {
    emit(started);
    emit(stepDone(1));
    return completed;
  };
  for (const [endpoint, message] of [['http://127.0.0.1:1', /metrics cannot be sent to http:\/\/127\.0\.0\.1:1\/v1\/metrics: .*; the run goes on without\n/], ['collector:4317', /metrics are not sent: .* http or https address/]] as const) {
    const world = { ...testWorld(play), environment: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } };
    assert.equal(await runProgram(['run', 'quickstart', '--json'], world), 0);
    assert.match(world.terminal.errors(), message);
    assert.equal(world.terminal.out().trimEnd().split('\n').length, 2, 'standard output is events alone');
  }
});
