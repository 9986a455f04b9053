/** The port `MessageBus` on a real broker: topics. Needs Java (infra/kafka). */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Kafka, logLevel } from 'kafkajs';
import { brokerSkip } from '../../kafka/broker-skip.ts';
import { busTrial, numbered } from './bus-trial.ts';
import { openTestBus, textMessage, textOf } from './open-test-bus.ts';

const skip = brokerSkip();
const trial = busTrial(skip);

describe('topics', { skip }, () => {
  test('are made, described, trimmed and deleted', async () => {
    const topic = await trial.newTopic(2, { 'retention.ms': '3600000' });
    await trial.publishAll(topic, numbered(0, 20), 2);
    await trial.bus.trimTopic(topic, [{ partition: 0, offset: 4n }]);
    assert.deepEqual(await trial.bus.topicFigures([topic]), [{ name: topic, partitions: [{ partition: 0, first: 4n, next: 10n }, { partition: 1, first: 0n, next: 10n }] }]);
    assert.equal((await trial.bus.readAll(topic)).length, 16);
    assert.ok((await trial.bus.topicNames('trial.')).includes(topic));
    await trial.bus.deleteTopics([topic, 'trial.never']);
    assert.ok(!(await trial.bus.topicNames('trial.')).includes(topic));
    await assert.rejects(trial.bus.topicFigures([topic]), { code: 'TOPIC_MISSING' });
  });

  test('are trimmed though it was another that was asked about last, which makes the library forget them', async () => {
    const [topic, other] = [await trial.newTopic(2), await trial.newTopic(1)];
    await trial.publishAll(topic, numbered(0, 4), 2);
    const own = await openTestBus(trial.broker.brokers);
    await own.topicFigures([topic]);
    await Promise.all([own.topicFigures([other]), own.trimTopic(topic, [{ partition: 1, offset: 1n }])]);
    await own.createTopics([{ name: other, partitions: 1, replicationFactor: 1, settings: {} }]);
    await own.trimTopic(topic, [{ partition: 1, offset: 2n }]);
    await own.close();
    assert.deepEqual((await trial.bus.topicFigures([topic]))[0]!.partitions.map(({ first }) => first), [0n, 2n]);
  });

  test('that are there stay, unless they have other partitions than asked for', async () => {
    const topic = await trial.newTopic(2);
    await trial.bus.createTopics([{ name: topic, partitions: 2, replicationFactor: 1, settings: {} }]);
    await assert.rejects(trial.bus.createTopics([{ name: topic, partitions: 3, replicationFactor: 1, settings: {} }]), { code: 'CONFIG_INVALID', message: /has 2 partitions, not 3/ });
  });

  test('take messages of 1.5 and 7 MB where they are made for it, and are read whole', async () => {
    const topic = await trial.newTopic(1, { 'max.message.bytes': '8000000' });
    const large = await openTestBus(trial.broker.brokers, { maxMessageBytes: 7_900_000 });
    const values = [1_500_000, 7_000_000].map((bytes) => Buffer.alloc(bytes, 'abcdefg'));
    await Promise.all(values.map((value) => large.publish(topic, [{ partition: 0, key: '', headers: {}, value }])));
    const there = await large.readAll(topic);
    await large.close();
    assert.deepEqual(there.map(({ value }) => value.length), [1_500_000, 7_000_000]);
    assert.ok(values.every((value, i) => value.equals(there[i]!.value)));
  });

  test('that are read alone leave no group behind', async () => {
    const topic = await trial.newTopic(1);
    await trial.publishAll(topic, numbered(0, 3), 1);
    const follower = await trial.bus.follow(topic, () => undefined);
    await trial.bus.readAll(topic);
    await follower.close();
    const admin = new Kafka({ brokers: trial.broker.brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const { groups } = await admin.listGroups();
    await admin.disconnect();
    assert.deepEqual(groups.filter(({ groupId }) => groupId.startsWith(`${topic}.`)), []);
    assert.deepEqual(await trial.bus.readAll(await trial.newTopic(1)), []);
  });

  test('that are not there, partitions that they have not, and messages too large for them are refused by name', async () => {
    const topic = await trial.newTopic(1);
    await assert.rejects(trial.bus.publish('trial.never', [textMessage(0, 'x')]), { code: 'TOPIC_MISSING', message: /trial\.never/ });
    await assert.rejects(trial.bus.join({ group: 'g', topics: ['trial.never'], open: () => assert.fail() }), { code: 'TOPIC_MISSING', message: /trial\.never/ });
    await assert.rejects(trial.bus.publish(topic, [textMessage(3, 'x')]), { code: 'TOPIC_MISSING', message: /no partition 3/ });
    await assert.rejects(trial.bus.publish(topic, [{ partition: 0, key: '', headers: {}, value: Buffer.alloc(3_000_000) }]), { code: 'MESSAGE_TOO_LARGE', message: new RegExp(topic) });
    await trial.bus.publish(topic, [textMessage(0, 'after')]);
    assert.deepEqual((await trial.bus.readAll(topic)).map(textOf), ['after']);
  });
});

test('a broker that does not answer is named', async () => {
  await assert.rejects(openTestBus(['127.0.0.1:9'], { patienceMs: 1 }), { code: 'BROKER_UNREACHABLE', message: /127\.0\.0\.1:9/ });
});
