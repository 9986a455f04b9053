/** The command over a grid of stubs; and how a grid's progress is told. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gridEventLines, gridLiveLines } from '../../../infra/cli/experiment/grid-lines.ts';
import { emptyGridView, reduceGridView, runCounts, shareDone, timeLeftMs, tokensPerSecond, type GridView } from '../../../infra/cli/experiment/grid-view.ts';
import { inkOf } from '../../../infra/cli/ink.ts';
import { runProgram } from '../../../infra/cli/program.ts';
import type { GridEvent } from '../../../pipelines/experiment/grid-events.ts';
import type { GridRun } from '../../../pipelines/experiment/grid-run.ts';
import { stubLaunch, writeExperiment } from '../../pipelines/experiment/stub-grid.ts';
import { testWorld } from './test-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-experiment-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const small = { seeds: [1], tuningSeeds: [], variants: { learned: {}, random: { set: { pipeline: 'random-span' } } } };
const file = writeExperiment(folder, small);
const out = join(folder, 'out');
const world = (launch = stubLaunch()) => ({ ...testWorld(), folder, launch });

test('experiment runs the grid, writes the report and says what came of it; again it runs nothing; --report writes the report alone', async () => {
  const first = world();
  assert.equal(await runProgram(['experiment', file, '--out', out, '--jobs', '2'], first), 0);
  assert.match(first.terminal.out(), /^stubs: 2 variants, 2 runs, 2 at a time with \d+ threads? each/);
  assert.match(first.terminal.out(), /done random, seed 1 · \d of 2 runs/);
  assert.match(first.terminal.out(), /variant +seeds +before +after, % right +against random\nlearned +1 .*not told apart\nrandom +1 .*reference\n/);
  for (const name of ['report.md', 'report.html', 'report.json']) assert.ok(existsSync(join(out, name)), name);
  assert.match(readFileSync(join(out, 'report.md'), 'utf8'), /^# Experiment stubs\n\nWhich stub \\<is\\> better\?/);
  rmSync(join(out, 'report.html'));
  const again = world(() => assert.fail('a run that is done was done again'));
  assert.equal(await runProgram(['experiment', file, '--out', out, '--report'], again), 0);
  assert.ok(existsSync(join(out, 'report.html')));
});

test('--json prints events alone, one a line, the report last', async () => {
  const told = world();
  assert.equal(await runProgram(['experiment', file, '--out', out, '--json'], told), 0);
  const types = told.terminal.out().trimEnd().split('\n').map((line) => (JSON.parse(line) as GridEvent).type);
  assert.deepEqual([types[0], types.at(-1)], ['grid', 'report']);
});

test('the first Ctrl-C stops the grid after the steps in progress and says how to go on; the exit code is 130', async () => {
  const stopped = world();
  const longer = writeExperiment(join(folder, 'longer'), { ...small, budget: { steps: 8 } });
  const directory = join(folder, 'stopped');
  const launch = stubLaunch();
  stopped.launch = (config, options) => {
    const run = launch(config, options);
    run.events.subscribe((event) => event.type === 'step-done' && event.step === 1 && stopped.signals.emit('SIGINT'));
    return run;
  };
  assert.equal(await runProgram(['experiment', longer, '--out', directory], stopped), 130);
  assert.match(stopped.terminal.errors(), /go on with\n {2}npx pretrainzero experiment .*experiment\.yaml --out .*stopped\n/);
  assert.match(stopped.terminal.out(), /2 runs are still to do/);
  assert.equal(await runProgram(['experiment', longer, '--out', directory], world()), 0);
});

test('a mistake in the file is told before anything is done, and exits 2', async () => {
  const mistaken = world(() => assert.fail('nothing was to be run'));
  const bad = writeExperiment(join(folder, 'bad'), { reference: 'lerned' });
  assert.equal(await runProgram(['experiment', bad], mistaken), 2);
  assert.match(mistaken.terminal.errors(), /^CONFIG_INVALID: reference is "lerned", and there is no such variant; did you mean "learned"\? \(.*experiment\.yaml, line \d+\)\n/);
});

const runOf = (variant: string, seed: number, phase: GridRun['phase'] = 'report'): GridRun => ({ phase, variant, seed, learningRate: null, steps: 10 });
const viewOf = (events: readonly (readonly [ms: number, event: GridEvent])[]): GridView => events.reduce((view, [ms, event]) => reduceGridView(view, event, ms), emptyGridView);
const begun: readonly (readonly [number, GridEvent])[] = [
  [0, { type: 'grid', name: 'g', directory: 'd', jobs: 2, threads: 1, variants: [{ name: 'a', runs: 2, steps: 10 }, { name: 'b', runs: 2, steps: 10 }] }],
  [0, { type: 'phase', phase: 'report', runs: [{ run: runOf('a', 1), steps: 10 }, { run: runOf('b', 1), steps: 0 }, { run: runOf('a', 2), steps: 4 }, { run: runOf('b', 2), steps: 0 }] }],
];

test('time left is that of all runs of the grid, each by its own variant, shared out over the jobs', () => {
  assert.equal(timeLeftMs(viewOf(begun)), null, 'before a step');
  const view = viewOf([
    ...begun,
    [0, { type: 'run-started', run: runOf('b', 1), directory: 'd', resumedFrom: 0 }],
    [0, { type: 'run-started', run: runOf('a', 2), directory: 'd', resumedFrom: 4 }],
    [1000, { type: 'run-step', run: runOf('a', 2), step: 6, tokens: 500 }],
    [6000, { type: 'run-step', run: runOf('b', 1), step: 3, tokens: 700 }],
  ]);
  assert.deepEqual(runCounts(view), { done: 1, total: 4 });
  assert.equal(timeLeftMs(view), (4 * 500 + 17 * 2000) / 2, 'steps done before the grid was started count for no time');
  assert.equal(tokensPerSecond(view), 200);
  assert.equal(shareDone(view), (10 + 6 + 3) / 40);
  const lines = gridLiveLines(view, 100, inkOf(false));
  assert.match(lines[0]!, /^g {2}█+░+ 48% {2}1 of 4 runs {2}200 tokens\/s {2}18 s left$/);
  assert.deepEqual(lines.slice(1).map((line) => line.replace(/[█░]+/, '#').trim()), ['b, seed 1                                # 3/10', 'a, seed 2                                # 6/10']);
});

test('a variant not yet seen takes as long as the others; one whose steps are not known leaves the time open', () => {
  const seen = [...begun, [0, { type: 'run-started', run: runOf('b', 1), directory: 'd', resumedFrom: 0 }], [1000, { type: 'run-step', run: runOf('b', 1), step: 1, tokens: 1 }]] as typeof begun;
  assert.equal(timeLeftMs(viewOf(seen)), ((6 + 19) * 1000) / 2);
  const open = viewOf([[0, { type: 'grid', name: 'g', directory: 'd', jobs: 1, threads: 1, variants: [{ name: 'a', runs: 1, steps: null }] }], [5, { type: 'planned', variant: 'a', phase: 'gauge', steps: 7, learningRate: null, tokensPerStep: 3 }]]);
  assert.equal(timeLeftMs(open), null);
  assert.equal(open.variants.get('a')?.steps, 7);
});

test('a failed run is no work left, and is told with its cause', () => {
  const failed: GridEvent = { type: 'run-failed', run: runOf('b', 1), directory: 'd', code: 'OUT_OF_MEMORY', message: 'no room' };
  const view = viewOf([...begun, [0, { type: 'run-started', run: runOf('b', 1), directory: 'd', resumedFrom: 0 }], [1, failed]]);
  assert.equal(runCounts(view).done, 2);
  assert.deepEqual(gridEventLines(failed, view, inkOf(false), true), ['  failed b, seed 1: OUT_OF_MEMORY: no room']);
});
