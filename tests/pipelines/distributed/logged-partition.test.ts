import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoggedPartition } from '../../../pipelines/distributed/logged-partition.ts';

function read(messages: readonly (readonly [epoch: number, step: number])[], firstPart: () => bigint | null = () => null): LoggedPartition {
  const partition = new LoggedPartition(firstPart);
  for (const [i, [epoch, step]] of messages.entries()) {
    partition.add({ offset: BigInt(i), epoch, step });
    partition.read(BigInt(i));
  }
  return partition;
}

test('of a partition that was not read, nothing is done', () => {
  assert.equal(new LoggedPartition(() => null).doneUpTo(1, 9), 0n);
});

test('what lies before the first paragraph that is not durable is done, whatever lies behind it', () => {
  const partition = read([[1, 1], [1, 2], [1, 1], [1, 3]]);
  assert.deepEqual([0, 1, 2, 3].map((step) => partition.doneUpTo(1, step)), [0n, 1n, 3n, 4n]);
});

test('an epoch that is over holds nothing up; one that is to come does', () => {
  const partition = read([[1, 7], [2, 5], [3, 1]]);
  assert.equal(partition.doneUpTo(2, 4), 1n);
  assert.equal(partition.doneUpTo(2, 5), 2n);
  assert.equal(partition.doneUpTo(3, 0), 2n);
  assert.equal(partition.doneUpTo(3, 1), 3n);
});

test('parts of a message that is not whole are not done, and messages that concern nobody are', () => {
  let part: bigint | null = 1n;
  const partition = read([[1, 1], [1, 1]], () => part);
  partition.read(2n);
  assert.equal(partition.doneUpTo(1, 1), 1n);
  part = null;
  assert.equal(partition.doneUpTo(1, 1), 3n);
});
