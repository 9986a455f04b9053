import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTicksDone } from '../../../../../infra/engine/tfjs/backend/with-ticks-done.ts';

test('waits for polls that go on after what was awaited is there, and gives the name back', async () => {
  const own = globalThis.setImmediate;
  let left = 5;
  const poll = (): void => {
    left--;
    if (left > 0) globalThis.setImmediate(poll);
  };
  const result = await withTicksDone(() => {
    globalThis.setImmediate(poll);
    return Promise.resolve('there');
  });
  assert.deepEqual([result, left, globalThis.setImmediate], ['there', 0, own]);
});

test('gives the name back where the work fails', async () => {
  const own = globalThis.setImmediate;
  await assert.rejects(withTicksDone(() => Promise.reject(new Error('no device'))), /no device/u);
  assert.equal(globalThis.setImmediate, own);
});
