import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { shareWork } from '../../../../../infra/engine/tfjs/replicas/share-work.ts';

describe('sharing work', () => {
  test('uses every result once and in order, whoever finishes first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat(20), fc.integer({ min: 1, max: 5 }), async (scheduler, count, workers) => {
        const items = Array.from({ length: count }, (_, i) => i);
        const used: number[] = [];
        const work = async (_: number, item: number): Promise<number> => {
          await scheduler.schedule(Promise.resolve());
          return 10 * item;
        };
        await scheduler.waitFor(shareWork(items, Array.from({ length: workers }, (_, i) => i), work, (result) => used.push(result)));
        assert.deepEqual(used, items.map((item) => 10 * item));
      }),
    );
  });

  test('keeps every worker busy', async () => {
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
    };
    await shareWork([1, 2, 3, 4, 5, 6], ['a', 'b', 'c'], work, () => undefined);
    assert.equal(most, 3);
  });

  test('fails with the first error once nobody works any more, and uses nothing after it', async () => {
    const used: number[] = [];
    let finished = false;
    const work = async (worker: string, item: number): Promise<number> => {
      if (worker === 'a') throw new Error(`item ${item}`);
      await new Promise((resolve) => setImmediate(resolve));
      finished = true;
      return item;
    };
    await assert.rejects(shareWork([0, 1, 2], ['a', 'b'], work, (result) => used.push(result)), /item 0/u);
    assert.deepEqual([finished, used], [true, []]);
  });
});
