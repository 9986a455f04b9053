import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inkOf } from '../../../../infra/cli/ink.ts';
import { liveLines } from '../../../../infra/cli/progress/live-lines.ts';
import { emptyView, reduceView, timeLeftMs } from '../../../../infra/cli/progress/run-view.ts';
import { textWidth } from '../../../../infra/cli/text-width.ts';
import type { RunEvent } from '../../../../pipelines/run-events.ts';
import { started, stepDone, summaryBefore, summaryAfter } from '../sample-events.ts';

const plain = inkOf(false);
const progress = (stage: string, step: number, done: number, total: number): RunEvent => ({ type: 'stage-progress', stage, step, done, total, tokens: 10 });
const view = (...events: RunEvent[]) => events.reduce(reduceView, emptyView);
const shown = (...events: RunEvent[]): string => `\n${liveLines(view(...events), 120, plain).join('\n')}\n`;

test('before the run is open, the block says so', () => {
  assert.equal(shown(), '\nOpening the run ...\n');
});

test('the first evaluation is shown while it goes on', () => {
  assert.equal(
    shown(started, progress('evaluation', 0, 50, 200)),
    `
quickstart  step 1/35  ░░░░░░░░░░░░░░░░░░░░░░░░ 0%  time left: known after the first step
  held-out     ██████░░░░░░░░░░░░░░░░░░ 50/200 the base model
`,
  );
});

test('stage by stage: done, in work and waiting', () => {
  assert.equal(
    shown(started, { type: 'evaluation', step: 0, summary: summaryBefore }, stepDone(1), progress('generate-masks', 2, 64, 64), progress('predict-spans', 2, 210, 488)),
    `
quickstart  step 2/35  ░░░░░░░░░░░░░░░░░░░░░░░░ 3%  2:50 left
  masks        ████████████████████████ 64/64
  predictions  ██████████░░░░░░░░░░░░░░ 210/488
  reward       waiting
  update       waiting
step 1: right 46% · reward masks 0.31, predictions 0.46 · usable masks 72% · distinct 61/100
        trained on 248 of 432 rollouts · sampled 1,216 tokens/s · trained 3,600 tokens/s
        computed 30% of tokens in rows
before: held-out right 31.0% · usable masks 70% · noise masks 30% · distinct 80/100
`,
  );
});

test('a stage that tells nothing has done its part once a later one works', () => {
  const lines = shown(started, progress('generate-masks', 1, 64, 64), progress('predict-spans', 1, 488, 488), progress('update', 1, 2, 5));
  assert.match(lines, /\n {2}reward {7}done\n/);
  assert.match(lines, /\n {2}update {7}█+░+ 2\/5\n/);
});

test('the update is under way before its first micro-batch is done', () => {
  const lines = shown(started, progress('generate-masks', 1, 64, 64), progress('predict-spans', 1, 488, 488), progress('update', 1, 0, 1));
  assert.match(lines, /\n {2}reward {7}done\n {2}update {7}░+ 0\/1\n/);
});

test('a stage that works ahead says for which step', () => {
  assert.match(shown(started, progress('generate-masks', 2, 1, 64)), /masks .* 1\/64 for step 2\n/);
});

test('held-out figures during the run stand beside those before', () => {
  const lines = shown(started, { type: 'evaluation', step: 0, summary: summaryBefore }, stepDone(10), { type: 'evaluation', step: 10, summary: summaryAfter });
  assert.match(lines, /\nafter 10: held-out right 45\.5% \(31\.0% before\) · usable/);
});

test('in a resumed run, the first figures are not taken for those before', () => {
  const lines = shown(started, { type: 'resumed', step: 9, checkpoint: 'checkpoints/step-000009' }, { type: 'evaluation', step: 10, summary: summaryBefore }, stepDone(10), { type: 'evaluation', step: 20, summary: summaryAfter });
  assert.match(lines, /\nafter 20: held-out right 45\.5% · usable/);
});

test('in a narrow terminal no figure is lost: what does not fit goes to a further line', () => {
  const events: RunEvent[] = [started, { type: 'evaluation', step: 0, summary: summaryBefore }, stepDone(1), progress('generate-masks', 2, 64, 64), progress('predict-spans', 2, 210, 488)];
  assert.equal(
    `\n${liveLines(view(...events), 46, plain).join('\n')}\n`,
    `
quickstart  step 2/35  ░░░░░░░░░░ 3%
2:50 left
  masks        ██████████ 64/64
  predictions  ████░░░░░░ 210/488
  reward       waiting
  update       waiting
step 1: right 46%
        reward masks 0.31, predictions 0.46
        usable masks 72% · distinct 61/100
        trained on 248 of 432 rollouts
        sampled 1,216 tokens/s
        trained 3,600 tokens/s
        computed 30% of tokens in rows
before: held-out right 31.0%
        usable masks 70% · noise masks 30%
        distinct 80/100
`,
  );
  assert.deepEqual(liveLines(view(...events), 80, plain).filter((line) => line.includes('…')), []);
});

test('failure signs stand below the work of the last step, those that there are', () => {
  const lines = shown(started, stepDone(12, { report: { instability: 0.0141, imbalance: 0.25, barren: 0.4 } }));
  assert.match(lines, /\n +instability 0\.014 · imbalance 0\.250 · barren 0\.400\n/);
  assert.doesNotMatch(lines, /harm/);
});

test('dead letters and warnings are counted, the last warning told', () => {
  const warning: RunEvent = { type: 'warning', code: 'STALLED', message: 'edge mask-groups', step: 3 };
  assert.match(shown(started, warning, { ...warning, message: 'edge scored-groups' }), /\n2 warnings: STALLED: edge scored-groups\n/);
});

test('no line is wider than the terminal, whatever its width', () => {
  const events: RunEvent[] = [started, { type: 'evaluation', step: 0, summary: summaryBefore }, stepDone(1), progress('predict-spans', 2, 210, 488)];
  for (const columns of [20, 40, 79]) for (const line of liveLines(view(...events), columns, inkOf(true))) assert.ok(textWidth(line) <= columns, line);
});

test('the time left is that of the last steps, none before the first, zero after the last', () => {
  assert.equal(timeLeftMs(view(started)), null);
  assert.equal(timeLeftMs(view(started, stepDone(1, { totalMs: 4000 }), stepDone(2, { totalMs: 6000 }))), 33 * 5000);
  assert.equal(timeLeftMs(view(started, stepDone(35))), 0);
  const many = Array.from({ length: 20 }, (_, i) => stepDone(i + 1, { totalMs: i < 10 ? 1_000_000 : 1000 }));
  assert.equal(timeLeftMs(view(started, ...many)), 15 * 1000, 'the slow first steps are forgotten');
});
