/**
 * Whatever of kafkajs gives up, the bus goes on: each kind of request that it makes is lost once before the broker has it, and once after, with its connection; and connections are refused for a while at the moments that
 * matter. Nothing is lost, and nothing is there twice.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DeliveredMessage, MessageBus } from '../../../../operators/ports/message-bus.ts';
import { apiKeys, type ApiKind } from '../../../faults/kafka/kafka-proxy.ts';
import { proxiedBrokerOfFile } from '../../../faults/kafka/proxied-broker.ts';
import { brokerSkip } from '../../kafka/broker-skip.ts';
import { Collected } from './collected.ts';
import { openTestBus, textMessage, textOf } from './open-test-bus.ts';

const skip = brokerSkip();
const shared = proxiedBrokerOfFile('lost-requests');

const partitions = 2;
const texts = Array.from({ length: 12 }, (_, i) => String(i));
const inPartition = (messages: readonly DeliveredMessage[], partition: number): string[] => messages.filter((message) => message.partition === partition).map(textOf);

/** When `strike` is called, in the life of a bus. */
type Moment = 'connect' | 'join' | 'publish' | 'commit' | 'describe' | 'end';

/** All that a worker does with its topics, once. */
async function life(topic: string, strike: (moment: Moment) => void): Promise<void> {
  strike('connect');
  const bus = await openTestBus([`127.0.0.1:${shared().proxy.port}`], { sessionTimeoutMs: 600 });
  try {
    await liveOn(bus, topic, strike);
  } finally {
    await bus.close();
  }
}

async function liveOn(bus: MessageBus, topic: string, strike: (moment: Moment) => void): Promise<void> {
  const group = `${topic}-group`;
  await bus.createTopics([{ name: topic, partitions, replicationFactor: 1, settings: {} }]);
  const [taken, followed] = [new Collected<DeliveredMessage>(), new Collected<DeliveredMessage>()];
  strike('join');
  const join = bus.join({
    ...{ group, topics: [topic] },
    open: () => ({
      take(messages) {
        taken.add(...messages);
        strike('commit');
        return Promise.resolve(messages.at(-1)!.offset + 1n);
      },
      revoked: () => undefined,
    }),
  });
  const [member, follower] = await Promise.all([join, bus.follow(topic, (message) => followed.add(message))]);
  strike('publish');
  for (const text of texts) await bus.publish(topic, [textMessage(Number(text) % partitions, text)]);
  await taken.until((items) => new Set(items.map(textOf)).size === texts.length);
  await followed.until((items) => items.length >= texts.length);
  strike('describe');
  const perPartition = BigInt(texts.length / partitions);
  assert.deepEqual(await bus.topicFigures([topic]), [{ name: topic, partitions: [0, 1].map((partition) => ({ partition, first: 0n, next: perPartition })) }]);
  const committed = async () => ((await bus.groupFigures([group], [topic]))[0]?.committed ?? []).filter(({ offset }) => offset === perPartition);
  await Promise.all([0, 1].map((partition) => member.commit(topic, partition, perPartition)));
  while ((await committed()).length < partitions) assert.ok(await stillRuns(member.ended));
  strike('end');
  await Promise.all([member.close(), follower.close()]);
  for (const partition of [0, 1]) {
    const due = texts.filter((text) => Number(text) % partitions === partition);
    assert.deepEqual(inPartition(followed.items, partition), due, 'each is there once, in order');
  }
  assert.deepEqual((await bus.readAll(topic)).map(textOf).sort(), [...texts].sort());
  await bus.trimTopic(topic, [{ partition: 0, offset: 2n }]);
  while ((await bus.groupFigures([group], []))[0]!.members > 0); // who could not say that it left is there until its session is over
  await bus.deleteGroups([group]);
  await bus.deleteTopics([topic]);
  assert.ok(!(await bus.topicNames(topic)).includes(topic));
}

const stillRuns = (ended: Promise<void>): Promise<boolean> => Promise.race([ended.then(() => false), Promise.resolve(true)]);

const timeout = 120_000; // for a machine that is busy

describe('a request that is lost with its connection is made again', { skip }, () => {
  for (const kind of Object.keys(apiKeys) as ApiKind[]) {
    test(kind, { timeout }, async () => {
      const before = shared().proxy.dropped(kind);
      shared().proxy.dropRequests(kind, 1);
      shared().proxy.dropAnswers(kind, 1);
      await life(`lost-${kind}`, () => undefined);
      assert.equal(shared().proxy.dropped(kind), before + 2);
    });
  }
});

describe('connections that are refused for a while', { skip }, () => {
  for (const at of ['connect', 'join', 'publish', 'commit', 'describe', 'end'] as const) {
    test(`at ${at}`, { timeout }, async () => {
      let struck = false;
      await life(`refused-${at}`, (moment) => {
        if (struck || moment !== at) return;
        struck = true;
        shared().proxy.refuse(12);
      });
      assert.ok(struck);
    });
  }
});
