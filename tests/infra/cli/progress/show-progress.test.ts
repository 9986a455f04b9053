import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Subject } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { createLiveBlock } from '../../../../infra/cli/progress/live-block.ts';
import { showProgress, printEvents } from '../../../../infra/cli/progress/show-progress.ts';
import type { RunEvent } from '../../../../pipelines/run-events.ts';
import { started, stepDone, summaryAfter, summaryBefore } from '../sample-events.ts';
import { testTerminal } from '../test-world.ts';

const progress = (stage: string, step: number, done: number, total: number): RunEvent => ({ type: 'stage-progress', stage, step, done, total, tokens: 10 });
const letter: RunEvent = {
  type: 'dead-letter',
  letter: { stage: 'corpus', code: 'INPUT_MALFORMED', message: 'page 7 is broken', role: null, recordId: null, step: null, file: 'a.xml', pageId: '7', byteOffset: 5 },
};

function shownWithoutTerminal(events: readonly RunEvent[]): string {
  const terminal = testTerminal();
  const source = new Subject<RunEvent>();
  showProgress(source, terminal).subscribe();
  for (const event of events) source.next(event);
  source.complete();
  return terminal.out();
}

test('without a terminal, a run is a line a step and a line an evaluation', () => {
  const events: RunEvent[] = [
    started,
    progress('evaluation', 0, 10, 200),
    { type: 'evaluation', step: 0, summary: summaryBefore },
    progress('generate-masks', 1, 3, 64),
    stepDone(1),
    stepDone(2, { totalMs: 7000 }),
    { type: 'checkpoint', step: 2, directory: 'checkpoints/step-000002' },
    { type: 'evaluation', step: 2, summary: summaryAfter },
  ];
  assert.equal(
    shownWithoutTerminal(events),
    `quickstart: pretrain-zero, 35 steps, in runs/quickstart
engine wasm (no native backend is installed), 2 threads, 1,234,567 parameters
base model  held-out right 31.0% · usable masks 70% · noise masks 30% · distinct 80/100
step 1/35  right 46% · reward masks 0.31, predictions 0.46 · usable masks 72% · distinct 61/100 · trained on 248 of 432 rollouts · sampled 1,216 tokens/s · trained 3,600 tokens/s · computed 30% of tokens in rows · 5.0 s · 2:50 left
step 2/35  right 46% · reward masks 0.31, predictions 0.46 · usable masks 72% · distinct 61/100 · trained on 248 of 432 rollouts · sampled 1,216 tokens/s · trained 3,600 tokens/s · computed 30% of tokens in rows · 7.0 s · 3:18 left
after step 2  held-out right 45.5% · usable masks 90% · noise masks 0% · distinct 76/100
`,
  );
});

test('a pipeline without masks and predictions tells its loss', () => {
  const report = { maskRewardMean: null, predictionRewardMean: null, usableMaskShare: null, distinctMasksPerHundred: null, loss: 2.5, sampledTokens: 0, tokensComputed: 9000, tokensInRows: 9000, ledger: [] };
  assert.match(shownWithoutTerminal([started, stepDone(1, { report })]), /\nstep 1\/35 {2}loss 2\.500 · trained 3,600 tokens\/s · 5\.0 s/);
});

test('a resumed run says from where', () => {
  assert.match(shownWithoutTerminal([started, { type: 'resumed', step: 20, checkpoint: 'checkpoints/step-000020' }]), /goes on after step 20, from checkpoints\/step-000020/);
  assert.match(shownWithoutTerminal([started, { type: 'resumed', step: 0, checkpoint: null }]), /no checkpoint was there: begins again with step 1/);
});

test('the first dead letters are told, the rest counted', () => {
  const lines = shownWithoutTerminal([started, ...Array.from({ length: 20 }, () => letter)]).split('\n');
  const told = lines.filter((line) => line.startsWith('dead letter of corpus, INPUT_MALFORMED: page 7 is broken'));
  assert.equal(told.length, 5);
  assert.match(told[4]!, /further ones are only counted/);
});

test('warnings are told with their code', () => {
  assert.match(shownWithoutTerminal([started, { type: 'warning', code: 'STALLED', message: 'edge mask-groups', step: 3 }]), /warning STALLED: edge mask-groups/);
});

test('--json is one object a line, every event among them', () => {
  const terminal = testTerminal();
  const source = new Subject<RunEvent>();
  printEvents(source, terminal).subscribe();
  const events = [started, progress('update', 1, 2, 5), stepDone(1)];
  for (const event of events) source.next(event);
  assert.deepEqual(terminal.out().trimEnd().split('\n').map((line): unknown => JSON.parse(line)), events);
});

test('on a terminal the block is drawn at most ten times a second, and the last state is drawn', () => {
  const terminal = testTerminal({ interactive: true });
  new TestScheduler(() => undefined).run(({ hot, flush }) => {
    const values = { a: started, b: progress('generate-masks', 1, 1, 64), c: progress('generate-masks', 1, 33, 64), d: progress('generate-masks', 1, 64, 64) };
    showProgress(hot<RunEvent>('a b 48ms c 200ms (d|)', values), terminal).subscribe();
    flush();
  });
  assert.deepEqual(terminal.out().match(/\d+\/64/g), ['33/64', '64/64'], 'the state 1/64 was over before it could be drawn');
});

test('on a terminal lasting lines stay above the block, and the block goes in the end', () => {
  const terminal = testTerminal({ interactive: true });
  new TestScheduler(() => undefined).run(({ hot, flush }) => {
    showProgress(hot<RunEvent>('a b|', { a: started, b: { type: 'warning', code: 'STALLED', message: 'edge mask-groups', step: 3 } }), terminal).subscribe();
    flush();
  });
  assert.match(terminal.out(), /step 1\/35/);
  assert.deepEqual(playOnScreen(terminal.out()), [
    'quickstart: pretrain-zero, 35 steps, in runs/quickstart',
    'engine wasm (no native backend is installed), 2 threads, 1,234,567 parameters',
    'warning STALLED: edge mask-groups',
  ]);
});

test('a note stands above the block, and is not drawn over', () => {
  const terminal = testTerminal({ interactive: true });
  new TestScheduler(() => undefined).run(({ hot, cold, flush }) => {
    const events = hot<RunEvent>('a 300ms b 300ms |', { a: started, b: stepDone(1) });
    showProgress(events, terminal, { notes: cold('200ms n', { n: 'Stopping.\n  go on with this' }) }).subscribe();
    flush();
  });
  assert.deepEqual(playOnScreen(terminal.out()).slice(2), ['Stopping.', '  go on with this']);
});

test('a block that the terminal broke as it became narrower is taken away whole', () => {
  const terminal = testTerminal({ interactive: true });
  let width = 60;
  const block = createLiveBlock({ ...terminal, columns: () => width });
  block.draw(['x'.repeat(60), 'y'.repeat(20)]);
  width = 25;
  block.draw(['z']);
  assert.match(terminal.out(), /\u001b\[4A\r\u001b\[0Jz\n$/);
});

/** What a terminal shows that knows cursor-up and erase-below. */
function playOnScreen(text: string): string[] {
  const lines: string[] = [];
  const escape = String.fromCharCode(27);
  for (const part of text.split(new RegExp(`(${escape}\\[\\d+A\\r${escape}\\[0J)`))) {
    const up = new RegExp(`${escape}\\[(\\d+)A`).exec(part);
    if (up) lines.length -= Number(up[1]);
    else lines.push(...part.split('\n').slice(0, -1));
  }
  return lines;
}
