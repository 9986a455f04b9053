import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStopwatch } from '../../../operators/flow/stopwatch.ts';

test('the parts of a step add up to the whole, and each lap starts anew', async () => {
  let nowMs = 1000;
  const pass = (ms: number) => () => Promise.resolve(void (nowMs += ms));
  const watch = createStopwatch({ now: () => nowMs, wallTime: () => 5_000_000 });
  await watch.measure('generate', pass(70));
  nowMs += 5;
  await watch.measure('train', pass(20));
  await watch.measure('log', pass(4));
  await watch.measure('generate', pass(1));
  assert.deepEqual(watch.lap(1), { step: 1, wallTimeMs: 5_000_000, totalMs: 100, generateMs: 71, trainMs: 20, logMs: 4, flowMs: 5 });
  nowMs += 9;
  assert.deepEqual(watch.lap(2), { step: 2, wallTimeMs: 5_000_000, totalMs: 9, generateMs: 0, trainMs: 0, logMs: 0, flowMs: 9 });
});

test('work that fails is counted, and fails', async () => {
  let nowMs = 0;
  const watch = createStopwatch({ now: () => nowMs, wallTime: () => 0 });
  const failing = watch.measure('train', () => {
    nowMs += 3;
    return Promise.reject(new Error('out of memory'));
  });
  await assert.rejects(failing, /out of memory/);
  assert.equal(watch.lap(1).trainMs, 3);
});
