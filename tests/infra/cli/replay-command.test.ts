import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runProgram } from '../../../infra/cli/program.ts';
import { createReplayProgress } from '../../../infra/cli/replay/replay-progress.ts';
import { outcomeLines } from '../../../infra/cli/replay/outcome-lines.ts';
import { inkOf } from '../../../infra/cli/ink.ts';
import type { ReplayEvent, ReplayOutcome } from '../../../pipelines/replay/replay-events.ts';
import { stubConfig } from '../../stub-config.ts';
import { continuePretraining } from '../../../pipelines/continue-pretraining.ts';
import { loggedStubRun, temporaryFolder } from '../../pipelines/replay/logged-stub-run.ts';
import { testTerminal, testWorld } from './test-world.ts';

async function call(...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  const world = testWorld();
  const code = await runProgram(args, world);
  return { code, out: world.terminal.out(), errors: world.terminal.errors() };
}

/** Of a pipeline that samples nothing, so that the tokenizer of its config, which is not the stub's, has nothing to say but how many tokens a paragraph has. */
const sampleless = () => loggedStubRun({ ...stubConfig({ run: { steps: 2 } }), pipeline: 'continue-pretraining' }, { topology: continuePretraining });

test('a difference is told with file, row, id, field and both values; exit 1', async () => {
  const { code, out } = await call('replay', await sampleless());
  assert.equal(code, 1);
  assert.match(out, /^differs {2}samples\/paragraphs\/step=000001\.parquet, row 0, 000001\/00: tokenCount is not what the log makes of it\n {2}logged {6}\d+\n {2}recomputed {2}\d+\n$/);
});

test('--json is one object an event, the last with the outcome', async () => {
  const { code, out } = await call('replay', await sampleless(), '--json');
  const events = out.trimEnd().split('\n').map((line) => JSON.parse(line) as ReplayEvent);
  assert.equal(code, 1);
  assert.deepEqual(events.map(({ type }) => type), ['replay-started', 'replay-finished']);
  assert.equal((events[1] as ReplayOutcome & ReplayEvent).difference?.field, 'tokenCount');
});

test('a what-if shows a table, reasons and examples', async () => {
  const { code, out } = await call('replay', await sampleless(), '--set', 'optimiser.learningRate=1');
  assert.equal(code, 0);
  assert.match(out, /^step {2}usable masks.*\n1 .*\n2 .*\nall .*\n/);
  assert.match(out, /Nothing would have changed\.\njudged {2}2 steps, 0 rollouts anew/);
});

test('an operator of one’s own comes out of a module; one that gives no pipeline is refused', async () => {
  const [run, folder] = [await sampleless(), temporaryFolder()];
  const module = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const good = module('good.mjs', 'export default (own, { replaceStage, stage, paragraphs, scoredGroups, wrapParagraphs }) => replaceStage(own, "wrap-paragraphs", stage("mine", paragraphs, wrapParagraphs, scoredGroups));');
  assert.equal((await call('replay', run, '--pipeline', good)).code, 0);
  const empty = await call('replay', run, '--pipeline', module('empty.mjs', 'export default 1;'));
  assert.deepEqual([empty.code, /^USAGE: the module must export a function by default/.test(empty.errors)], [2, true]);
  const nothing = await call('replay', run, '--pipeline', module('nothing.mjs', 'export default () => undefined;'));
  assert.deepEqual([nothing.code, /^USAGE: the module does not give a pipeline back/.test(nothing.errors)], [2, true]);
  assert.match((await call('replay', run, '--pipeline', join(folder, 'no.mjs'))).errors, /^USAGE: the module cannot be loaded/);
});

const mistakes: readonly (readonly [args: string[], says: RegExp])[] = [
  [['--gradients', '--train'], /USAGE: --gradients computes the updates of the run again/],
  [['--out', 'x'], /USAGE: --out and --resume are of the run that --train makes/],
  [['--steps', '3..1'], /USAGE: .*steps 1 to 2, not 3 to 1/],
  [['--set', 'rollouts.temperature=2'], /USAGE: rollouts\.temperature decides what is sampled/],
  [['--set', 'rollouts.temprature=2'], /CONFIG_UNKNOWN_KEY: .*did you mean rollouts\.temperature/],
  [['--train', '--steps', '2..2'], /USAGE: --train begins with step 1/],
];
test('mistakes are told in words; exit 2', async () => {
  const run = await sampleless();
  for (const [args, says] of mistakes) {
    const { code, errors } = await call('replay', run, ...args);
    assert.deepEqual([code, says.test(errors)], [2, true], errors);
  }
});

test('progress shows rate and time left once two seconds are over, on a terminal; not before, not in JSON', () => {
  let now = 0;
  const clock = { now: () => now, wallTime: () => now };
  const step = (number: number): ReplayEvent => ({ type: 'step-replayed', step: number, rollouts: 1000, rows: 1 });
  const shown = (silent: boolean): string[] => {
    now = 0;
    const terminal = testTerminal({ interactive: true });
    const progress = createReplayProgress(terminal, clock, { silent });
    progress.show({ type: 'replay-started', kind: 'values', directory: 'r', from: 11, to: 20, changed: [] });
    const lines = [1000, 4000].map((time, i) => {
      now = time;
      progress.show(step(11 + i));
      return terminal.out();
    });
    return lines;
  };
  assert.equal(shown(false)[0], '');
  assert.match(shown(false)[1]!, /step 12 of 20 {2}500 rollouts\/s {2}16 s left/);
  assert.deepEqual(shown(true), ['', '']);
});

test('values of unknown origin do not reach the terminal as they are', () => {
  const difference = { kind: 'value', step: 1, file: 'f', table: 'predictions', row: 3, id: 'a', field: 'responseText', logged: '\u001b[31mred', recomputed: -0, what: 'w' } as const;
  const outcome: ReplayOutcome = { kind: 'values', steps: 0, rollouts: 0, rows: 0, difference, changes: null, checkpoints: { exact: 0, near: 0 }, trained: null, interrupted: false };
  const lines = outcomeLines(outcome, 10, inkOf(false));
  assert.deepEqual([lines[0], lines[2]], ['differs  f, row 3, a: w', '  recomputed  -0']);
  assert.ok(!lines.join('').includes('\u001b'));
});
