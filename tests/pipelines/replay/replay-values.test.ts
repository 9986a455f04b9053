import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replay } from '../../../pipelines/replay.ts';
import type { ReplayEvent } from '../../../pipelines/replay/replay-events.ts';
import { continuePretraining } from '../../../pipelines/continue-pretraining.ts';
import { stubConfig } from '../../stub-config.ts';
import { stubPretraining } from './stub-pretraining.ts';
import { loggedStubRun, stubParts } from './logged-stub-run.ts';
import { richRun } from './rich-run.ts';

for (const maxStaleness of [0, 1, 2]) {
  test(`a run in which all there is happens replays to the bit, whole and in part (maxStaleness ${maxStaleness})`, async () => {
    const directory = await richRun(maxStaleness);
    const whole = await replay(directory, { parts: stubParts }).done;
    assert.equal(whole.difference, null);
    assert.equal(whole.steps, 5);
    for (const steps of ['2..4', '3', '4..']) assert.equal((await replay(directory, { steps, parts: stubParts }).done).difference, null, steps);
  });
}

test('random spans and plain pretraining replay too', async () => {
  const random = await loggedStubRun({ ...stubConfig(), pipeline: 'random-span' });
  assert.equal((await replay(random, { parts: stubParts }).done).difference, null);
  const pretraining = await loggedStubRun(stubPretraining());
  const outcome = await replay(pretraining, { parts: stubParts, topology: continuePretraining }).done;
  assert.equal(outcome.difference, null);
  assert.equal(outcome.rollouts, 0);
});

test('events tell of every step, in order, and end with the outcome', async () => {
  const directory = await loggedStubRun(stubConfig({ run: { steps: 3 } }));
  const events: ReplayEvent[] = [];
  const { events: told, done } = replay(directory, { parts: stubParts });
  told.subscribe((event) => events.push(event));
  const outcome = await done;
  assert.deepEqual(events.map(({ type }) => type), ['replay-started', 'step-replayed', 'step-replayed', 'step-replayed', 'replay-finished']);
  assert.deepEqual(events.at(-1), { type: 'replay-finished', ...outcome });
});

test('steps that are not there, and a folder that is no run, are told in words', async () => {
  const directory = await loggedStubRun(stubConfig({ run: { steps: 3 } }));
  await assert.rejects(replay(directory, { steps: '2..9', parts: stubParts }).done, { code: 'USAGE', message: /has steps 1 to 3, not 2 to 9/ });
  await assert.rejects(replay(directory, { steps: 'two', parts: stubParts }).done, { code: 'USAGE', message: /--steps takes A\.\.B/ });
  await assert.rejects(replay('/nowhere/at/all').done, { code: 'RUN_NOT_FOUND' });
});

test('an aborted replay ends after its step and says so', async () => {
  const directory = await loggedStubRun(stubConfig({ run: { steps: 3 } }));
  const controller = new AbortController();
  const { events, done } = replay(directory, { parts: stubParts, signal: controller.signal });
  events.subscribe((event) => event.type === 'step-replayed' && controller.abort());
  const outcome = await done;
  assert.deepEqual([outcome.steps, outcome.interrupted, outcome.difference], [1, true, null]);
});
