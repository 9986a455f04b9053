import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { batchesOfPartition, PartitionBatches, partitionOf, type PartitionMessage } from '../../../pipelines/distributed/partition-batches.ts';
import { sampleParagraph } from '../../sample-paragraph.ts';

const paragraph = (step: number, slot: number, cohortFirstSlot: number, cohortSize: number) => ({ ...sampleParagraph(), id: `${step}/${slot}`, step, slot, cohortFirstSlot, cohortSize });

test('the batches of all partitions share a cohort out, every slot once', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 }), (first, size, partitions) => {
      const counted = Array.from({ length: partitions }, () => 0);
      for (let slot = first; slot < first + size; slot++) counted[partitionOf(slot, partitions)]! += 1;
      const told = counted.map((_, partition) => batchesOfPartition(partition, partitions)(paragraph(1, first, first, size)).size);
      assert.deepEqual(told, counted);
    }),
  );
});

test('however messages come and come again, a batch is whole once, in slot order, and nothing unfinished is committed', () => {
  const slots = fc.shuffledSubarray([0, 2, 4, 0, 2, 4, 4], { minLength: 7 });
  fc.assert(
    fc.property(slots, (order) => {
      const batches = new PartitionBatches<PartitionMessage>(batchesOfPartition(0, 2));
      const whole: number[][] = [];
      for (const [offset, slot] of order.entries()) {
        const at = BigInt(offset);
        const batch = batches.add({ epoch: 1, paragraph: paragraph(1, slot, 0, 5), firstOffset: at, lastOffset: at });
        if (batch === null) {
          if (whole.length === 0) assert.equal(batches.doneUpTo(), 0n);
          continue;
        }
        whole.push(batch.messages.map((message) => message.paragraph.slot));
        batches.done(batch);
        assert.equal(batches.doneUpTo(), at + 1n);
      }
      assert.deepEqual(whole, [[0, 2, 4]]);
      assert.equal(batches.doneUpTo(), BigInt(order.length));
    }),
  );
});

test('what nobody wants any more holds nothing up', () => {
  const batches = new PartitionBatches<PartitionMessage>(batchesOfPartition(0, 1));
  batches.add({ epoch: 1, paragraph: paragraph(1, 0, 0, 3), firstOffset: 0n, lastOffset: 0n });
  batches.add({ epoch: 1, paragraph: paragraph(2, 0, 0, 3), firstOffset: 1n, lastOffset: 2n });
  assert.equal(batches.doneUpTo(), 0n);
  batches.forget((_, step) => step === 1);
  assert.equal(batches.doneUpTo(), 1n);
  batches.forget(() => true);
  assert.equal(batches.doneUpTo(), 3n);
});
