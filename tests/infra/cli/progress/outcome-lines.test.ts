import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inkOf } from '../../../../infra/cli/ink.ts';
import { nextSteps } from '../../../../infra/cli/progress/next-steps.ts';
import { beforeAndAfter, outcomeLines } from '../../../../infra/cli/progress/outcome-lines.ts';
import { baseConfig } from '../../../base-config.ts';
import { completed, summaryBefore } from '../sample-events.ts';

const plain = inkOf(false);
const call = { command: 'npx pretrainzero', configName: 'quickstart', config: baseConfig(), set: [], again: 'npx pretrainzero run quickstart --out runs/quickstart --resume' };

test('a run closes with the figures before and after, its folder, and the three things to do next', () => {
  assert.equal(
    outcomeLines(completed, nextSteps(completed, call), plain).join('\n'),
    `
Done: 35 of 35 steps.

                            before   after  change
Held-out spans predicted right
  all                        31.0%   45.5%   +14.5
  inferable                  40.0%   60.0%   +20.0
  knowledge                  22.0%   31.0%    +9.0
Masks proposed on held-out paragraphs
  usable                     70.0%   90.0%   +20.0
  knowledge, of the usable   70.0%  100.0%   +30.0
  noise, of the usable       30.0%    0.0%   -30.0
  distinct texts per 100      80.0    75.5    -4.5

Everything is in runs/quickstart

Next:
  npx pretrainzero sample runs/quickstart
      see what was masked and predicted, and what it was paid
  npx pretrainzero run quickstart-random-span
      the same steps with random masks: what the learned choice is compared with
  npx pretrainzero run quickstart --set corpus.path=PATH --out runs/own-text
      text of your own: a Wikipedia dump (.xml.bz2), Parquet, JSONL or plain text`,
  );
});

test('a stopped run says how to go on, first of all', () => {
  const [first, ...others] = nextSteps({ ...completed, kind: 'interrupted', step: 4 }, call);
  assert.equal(first?.command, call.again);
  assert.equal(others.length, 2);
});

test('a run that is no quickstart is to be looked at, checked, and repeated with another seed', () => {
  const commands = nextSteps({ ...completed, directory: 'runs/my run' }, { ...call, configName: 'own.yaml', set: ['run.name=x y'] }).map(({ command }) => command);
  assert.deepEqual(commands, [
    "npx pretrainzero sample 'runs/my run'",
    "npx pretrainzero verify 'runs/my run'",
    "npx pretrainzero run own.yaml --set 'run.name=x y' --set run.seed=1 --out 'runs/my run-seed-1'",
  ]);
});

test('the baseline of a quickstart has its settings, but for its name and a cold start', () => {
  const [, baseline] = nextSteps(completed, { ...call, set: ['run.steps=5', 'run.name=mine', 'run.coldStartSteps=2'] });
  assert.equal(baseline?.command, 'npx pretrainzero run quickstart-random-span --set run.steps=5');
});

test('plain pretraining has no samples to look at', () => {
  const commands = nextSteps(completed, { ...call, configName: 'own.yaml', config: baseConfig({ pipeline: 'continue-pretraining' }) }).map(({ command }) => command);
  assert.ok(commands.every((command) => !command.includes(' sample ')));
});

test('an exhausted corpus is told with its remedy', () => {
  assert.match(outcomeLines({ ...completed, kind: 'corpus-exhausted', step: 7 }, [], plain).join('\n'), /The corpus ended after step 7 of 35; corpus\.repeat: true/);
});

test('without a held-out set there is no table, and what was not measured is a dash', () => {
  assert.deepEqual(beforeAndAfter(null, null), []);
  const rows = beforeAndAfter(summaryBefore, null);
  assert.deepEqual(rows[2], ['  all', '31.0%', '-', '']);
  assert.deepEqual(beforeAndAfter({ cloze: summaryBefore.cloze, maskProbe: null }, null).length, 5);
});

test('a probe without a usable mask has shares of nothing, not zero', () => {
  const nothing = { cloze: null, maskProbe: { samples: 10, usable: 0, usableShare: 0, byClass: [], distinctMasksPerHundred: null } };
  const rows = beforeAndAfter(summaryBefore, nothing).filter(([label]) => label?.includes('noise'));
  assert.deepEqual(rows, [['  noise, of the usable', '30.0%', '-', '']]);
});
