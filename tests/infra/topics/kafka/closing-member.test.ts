/**
 * A member is closed while its group is being shared out anew, with a `take` at work whose commit goes out under the share that is over. A third member that stands still keeps the group in that state until its session
 * has ended. The library's assignment is round-robin over the members' names, so these decide whether the partition stays with the one that closes.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DeliveredMessage, MessageBus, PartitionReader } from '../../../../operators/ports/message-bus.ts';
import { proxiedBrokerOfFile } from '../../../faults/kafka/proxied-broker.ts';
import { brokerSkip } from '../../kafka/broker-skip.ts';
import { atLeast, inPartition, numbered } from './bus-trial.ts';
import { Collected } from './collected.ts';
import { openTestBus, textMessage, textOf } from './open-test-bus.ts';
import { opened, startMember } from './start-member.ts';

const skip = brokerSkip();
const sessionTimeoutMs = 4000;
/** Below `patienceMs`, after which the bus would give up what never ends. */
const timeout = 120_000;
const shared = proxiedBrokerOfFile('closing-member');

interface Names {
  readonly closing: string;
  readonly still: string;
  readonly heir: string;
}

interface Outcome {
  /** Taken by the member that was closed. */
  readonly own: readonly DeliveredMessage[];
  /** Taken by its heir, from then on. */
  readonly inherited: readonly DeliveredMessage[];
}

const partitions = 2;
const texts = numbered(0, 20);

/** The closing member has partition 0. */
async function closeWhileShared(topic: string, names: Names): Promise<Outcome> {
  const address = `127.0.0.1:${shared().proxy.port}`;
  const [bus, heirs] = await Promise.all([names.closing, names.heir].map((name) => openTestBus([address], { sessionTimeoutMs }, name))) as [MessageBus, MessageBus];
  const group = `${topic}-group`;
  const publish = (some: readonly string[]): Promise<void> => bus.publish(topic, some.map((text) => textMessage(Number(text) % partitions, text)));
  const [own, inherited] = [new Collected<DeliveredMessage>(), new Collected<DeliveredMessage>()];
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const holding: PartitionReader = {
    async take(messages) {
      own.add(...messages);
      await released;
      return messages.at(-1)!.offset + 1n;
    },
    revoked: () => undefined,
  };
  const taking: PartitionReader = {
    take(messages) {
      inherited.add(...messages);
      return Promise.resolve(messages.at(-1)!.offset + 1n);
    },
    revoked: () => undefined,
  };
  await bus.createTopics([{ name: topic, partitions, replicationFactor: 1, settings: {} }]);
  const member = await bus.join({ group, topics: [topic], open: () => holding });
  const still = startMember(address, group, topic, String(sessionTimeoutMs), names.still);
  try {
    await still.events.until(opened(1));
    still.child.kill('SIGSTOP');
    await publish(texts.slice(0, 10));
    await own.until(atLeast(1));

    const joining = shared().proxy.passes('JoinGroup', 3); // two of the heir, which is told its name by the first, and one of the member that closes
    const heir = heirs.join({ group, topics: [topic], open: () => taking });
    await joining;
    const committing = shared().proxy.passes('OffsetCommit', 1);
    const closing = member.close();
    release();
    await committing;
    await closing;
    await member.ended;
    await publish(texts.slice(10));
    await inherited.until((items) => new Set([...own.items, ...items].map(textOf)).size === texts.length);
    await (await heir).close();
    return { own: own.items, inherited: inherited.items };
  } finally {
    still.child.kill('SIGKILL');
    await Promise.all([bus.close(), heirs.close()]);
  }
}

describe('a member that is closed while its group is shared out anew', { skip }, () => {
  test('commits what it had taken in, where it keeps the partition', { timeout }, async () => {
    const { own, inherited } = await closeWhileShared('kept', { closing: 'a', still: 'm', heir: 'z' });
    assert.deepEqual([...inPartition(own, 0), ...inPartition(inherited, 0)], texts.filter((text) => Number(text) % 2 === 0), 'each once, in order');
    assert.deepEqual(inPartition(inherited, 1), texts.filter((text) => Number(text) % 2 === 1));
    assert.equal(own.length, inPartition(own, 0).length, 'nothing of another partition');
  });

  test('leaves what it had taken in to the other, where it does not', { timeout }, async () => {
    const { own, inherited } = await closeWhileShared('lost', { closing: 'm', still: 'z', heir: 'a' });
    assert.deepEqual(inPartition(inherited, 0), texts.filter((text) => Number(text) % 2 === 0), 'from the last commit on');
    assert.deepEqual(inPartition(inherited, 1), texts.filter((text) => Number(text) % 2 === 1));
    assert.deepEqual(inPartition(own, 0), inPartition(inherited, 0).slice(0, own.length), 'one batch and no more');
  });
});
