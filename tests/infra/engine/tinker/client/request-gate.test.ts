import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { backoffMs } from '../../../../../infra/engine/tinker/client/backoff.ts';
import { RequestGate } from '../../../../../infra/engine/tinker/client/request-gate.ts';

test('never more samples are in flight than the limit, but for a request that is larger and goes alone; all get through, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.array(fc.integer({ min: 1, max: 16 }), { maxLength: 20 }), async (limit, sizes) => {
      const gate = new RequestGate(limit);
      const entered: number[] = [];
      let inFlight: number[] = [];
      await Promise.all(
        sizes.map((size, i) =>
          gate.through(size, async () => {
            entered.push(i);
            inFlight.push(size);
            const sum = inFlight.reduce((total, each) => total + each, 0);
            assert.ok(sum <= limit || inFlight.length === 1, `${inFlight.join(' + ')} of ${limit}`);
            await new Promise((done) => setImmediate(done));
            inFlight = inFlight.toSpliced(inFlight.indexOf(size), 1);
          }),
        ),
      );
      assert.deepEqual(entered, sizes.map((_, i) => i));
    }),
  );
});

test('what fails gives its room back', async () => {
  const gate = new RequestGate(1);
  await assert.rejects(gate.through(1, () => Promise.reject(new Error('cut'))), /cut/);
  assert.equal(await gate.through(1, () => Promise.resolve('done')), 'done');
});

test('a push-back halves what is let through, each success opens it by one, up to the limit', () => {
  const gate = new RequestGate(8);
  const limits = [0, 1, 2, 3].map(() => {
    gate.pushedBack();
    return gate.limit;
  });
  assert.deepEqual(limits, [4, 2, 1, 1]);
  for (let i = 0; i < 20; i++) gate.succeeded();
  assert.equal(gate.limit, 8);
});

test('waits double from one second to thirty, shortened by up to half', () => {
  assert.deepEqual([0, 1, 4, 5, 6, 100].map((attempt) => backoffMs(attempt, 0)), [1000, 2000, 16_000, 30_000, 30_000, 30_000]);
  assert.equal(backoffMs(1, 0.5), 1500);
});
