/** The port `MessageBus` on a real broker. Needs Java (infra/kafka). */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Kafka, logLevel } from 'kafkajs';
import { startBroker, type Broker } from '../../../../infra/kafka/start-broker.ts';
import type { DeliveredMessage, GroupMember, MessageBus } from '../../../../operators/ports/message-bus.ts';
import { Collected } from './collected.ts';
import type { MemberEvent } from './bus-member.ts';
import { brokerSkip } from '../../kafka/broker-skip.ts';
import { openTestBus, textMessage, textOf } from './open-test-bus.ts';

const skip = brokerSkip();
let folder = '';
let broker: Broker;
let bus: MessageBus;
const children = new Set<ChildProcess>();

before(async () => {
  if (skip !== false) return;
  folder = await mkdtemp(join(tmpdir(), 'kafka-bus-'));
  broker = await startBroker({ folder, settings: { 'group.min.session.timeout.ms': '500' } });
  bus = await openTestBus(broker.brokers);
});

after(async () => {
  if (skip !== false) return;
  for (const child of children) child.kill('SIGKILL');
  await bus.close();
  await broker.kill();
  await rm(folder, { recursive: true });
});

let topics = 0;
async function newTopic(partitions: number, settings: Record<string, string> = {}): Promise<string> {
  const name = `trial.${++topics}`;
  await bus.createTopics([{ name, partitions, replicationFactor: 1, settings }]);
  return name;
}

const numbered = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => String(from + i));

function publishAll(topic: string, texts: readonly string[], partitions: number): Promise<unknown> {
  return Promise.all(texts.map((text) => bus.publish(topic, [textMessage(Number(text) % partitions, text)])));
}

/** Joins, and commits all that it takes, or what `done` says. */
async function joinAll(group: string, topic: string, done = (messages: readonly DeliveredMessage[]): bigint | null => messages.at(-1)!.offset + 1n): Promise<{ member: GroupMember; taken: Collected<DeliveredMessage> }> {
  const taken = new Collected<DeliveredMessage>();
  const take = (messages: readonly DeliveredMessage[]): Promise<bigint | null> => {
    taken.add(...messages);
    return Promise.resolve(done(messages));
  };
  return { member: await bus.join({ group, topics: [topic], open: () => ({ take, revoked: () => undefined }) }), taken };
}

const atLeast = (count: number) => (items: readonly unknown[]): boolean => items.length >= count;
const inPartition = (messages: readonly DeliveredMessage[], partition: number): string[] => messages.filter((message) => message.partition === partition).map(textOf);

describe('a group', { skip }, () => {
  test('gets every message in the order of its partition, headers and key with it, and goes on after what was committed', async () => {
    const topic = await newTopic(3);
    await publishAll(topic, numbered(0, 300), 3);
    const first = await joinAll('order', topic);
    await first.taken.until(atLeast(300));
    await first.member.close();
    for (const partition of [0, 1, 2]) assert.deepEqual(inPartition(first.taken.items, partition), numbered(0, 300).filter((text) => Number(text) % 3 === partition));
    const { key, headers, offset } = first.taken.items.find((message) => textOf(message) === '7')!;
    assert.deepEqual({ key, headers, offset }, { key: '7', headers: { text: '7' }, offset: 2n });
    const [figures] = await bus.groupFigures(['order'], [topic]);
    assert.deepEqual(figures?.committed.map((each) => each.offset), [100n, 100n, 100n]);

    await publishAll(topic, numbered(300, 330), 3);
    const second = await joinAll('order', topic);
    await second.taken.until(atLeast(30));
    await second.member.close();
    assert.deepEqual(second.taken.items.map(textOf).sort(), numbered(300, 330));
  });

  test('gets again what was taken in and not committed; a commit from outside a take counts too', async () => {
    const topic = await newTopic(1);
    await publishAll(topic, numbered(0, 20), 1);
    const first = await joinAll('again', topic, () => null);
    await first.taken.until(atLeast(20));
    await first.member.commit(topic, 0, 15n);
    await first.member.close();
    await first.member.commit(topic, 0, 20n); // no longer its own
    const second = await joinAll('again', topic);
    await second.taken.until(atLeast(5));
    await second.member.close();
    assert.deepEqual(second.taken.items.map(textOf), numbered(15, 20));
  });

  test('goes on with other partitions, and stays a member, while one is held up', async () => {
    const topic = await newTopic(2);
    let release: (offset: bigint) => void = () => undefined;
    const held = new Promise<bigint>((resolve) => (release = resolve));
    const [slow, quick] = [new Collected<DeliveredMessage>(), new Collected<DeliveredMessage>()];
    const member = await bus.join({
      group: 'held',
      topics: [topic],
      open: (_, partition) => ({
        take(messages) {
          (partition === 0 ? slow : quick).add(...messages);
          return partition === 0 ? held : Promise.resolve(messages.at(-1)!.offset + 1n);
        },
        revoked: () => undefined,
      }),
    });
    await bus.publish(topic, [textMessage(0, 'slow')]);
    await slow.until(atLeast(1));
    await bus.publish(topic, [textMessage(0, 'behind')]);
    // Each waits for the one before: together they take longer than the session.
    for (let i = 1; i <= 20; i++) {
      await bus.publish(topic, [textMessage(1, String(i))]);
      await quick.until(atLeast(i));
    }
    assert.equal(slow.items.length, 1);
    assert.equal((await bus.groupFigures(['held'], [topic]))[0]?.members, 1);
    release(1n);
    await slow.until(atLeast(2));
    await member.close();
    assert.deepEqual(slow.items.map(textOf), ['slow', 'behind']);
    assert.deepEqual(quick.items.map(textOf), numbered(1, 21));
  });

  test('ends a member with what its take threw', async () => {
    const topic = await newTopic(1);
    const member = await bus.join({ group: 'thrown', topics: [topic], open: () => ({ take: () => Promise.reject(new Error('disk full')), revoked: () => undefined }) });
    await bus.publish(topic, [textMessage(0, 'x')]);
    await assert.rejects(member.ended, /disk full/);
    await member.close();
    assert.equal((await bus.groupFigures(['thrown'], [topic]))[0]?.committed.length, 0);
  });
});

function startMember(group: string, topic: string): { child: ChildProcess; events: Collected<MemberEvent> } {
  const child = spawn(process.execPath, [fileURLToPath(new URL('bus-member.js', import.meta.url)), broker.brokers[0]!, group, topic], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  const events = new Collected<MemberEvent>();
  createInterface({ input: child.stdout }).on('line', (line) => events.add(JSON.parse(line) as MemberEvent));
  return { child, events };
}

const opened = (partition: number) => (events: readonly MemberEvent[]): boolean => events.some((event) => event.type === 'opened' && event.partition === partition);
const textsOf = (events: readonly MemberEvent[]): string[] => events.flatMap((event) => (event.type === 'took' ? [event.text] : []));
const took = (texts: readonly string[], ...members: { events: Collected<MemberEvent> }[]) => (): boolean => {
  const all = new Set(members.flatMap(({ events }) => textsOf(events.items)));
  return texts.every((text) => all.has(text));
};

describe('members in processes of their own', { skip }, () => {
  test('share the partitions; those of one that is killed go to the other, which begins after what was committed', async () => {
    const topic = await newTopic(2);
    const doomed = startMember('killed', topic);
    await doomed.events.until((events) => opened(0)(events) && opened(1)(events));
    await publishAll(topic, numbered(0, 40), 2);
    await doomed.events.until((events) => textsOf(events).length >= 40);
    const heir = startMember('killed', topic);
    await heir.events.until((events) => opened(0)(events) || opened(1)(events));
    await publishAll(topic, numbered(40, 60), 2);
    await Promise.race([doomed.events, heir.events].map((events) => events.until(took(numbered(40, 60), doomed, heir))));
    doomed.child.kill('SIGKILL');
    await publishAll(topic, numbered(60, 100), 2);
    await heir.events.until(took(numbered(60, 100), heir));
    assert.ok(!textsOf(heir.events.items).some((text) => Number(text) < 40), 'what was committed long before does not come again');
    heir.child.kill('SIGTERM');
    await new Promise((resolve) => heir.child.once('exit', resolve));
    const [figures] = await bus.groupFigures(['killed'], [topic]);
    assert.deepEqual(figures?.committed.map(({ offset }) => offset), [50n, 50n]);
  });

  test('that stood still for longer than a session lose their partitions, and join again when they wake', async () => {
    const topic = await newTopic(2);
    const sleeper = startMember('paused', topic);
    await sleeper.events.until((events) => opened(0)(events) && opened(1)(events));
    sleeper.child.kill('SIGSTOP');
    const other = startMember('paused', topic);
    await other.events.until((events) => opened(0)(events) && opened(1)(events));
    await publishAll(topic, numbered(0, 20), 2);
    await other.events.until(took(numbered(0, 20), other));
    sleeper.child.kill('SIGCONT');
    await sleeper.events.until((events) => events.filter(({ type }) => type === 'revoked').length >= 2 && events.filter(({ type }) => type === 'opened').length >= 3);
    await publishAll(topic, numbered(20, 60), 2);
    await Promise.race([sleeper.events, other.events].map((events) => events.until(took(numbered(20, 60), sleeper, other))));
    for (const { child } of [sleeper, other]) {
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('exit', resolve));
    }
    const [figures] = await bus.groupFigures(['paused'], [topic]);
    assert.deepEqual(figures?.committed.map(({ offset }) => offset), [30n, 30n]);
  });
});

describe('a broker that is killed and comes back', { skip }, () => {
  test('costs no message, none is there twice, and nobody has to be started again', async () => {
    const topic = await newTopic(2);
    const { member, taken } = await joinAll('outage', topic);
    const followed = new Collected<DeliveredMessage>();
    const follower = await bus.follow(topic, (message) => followed.add(message));
    const count = 400;
    const publishing = (async () => {
      for (let i = 0; i < count; i += 4) await publishAll(topic, numbered(i, i + 4), 2);
    })();
    await taken.until(atLeast(60));
    await broker.kill();
    const figures = bus.topicFigures([topic]);
    await broker.restart();
    await publishing;
    await taken.until((items) => new Set(items.map(textOf)).size === count);
    await followed.until(atLeast(count));
    assert.ok((await figures)[0]!.partitions.length === 2);
    await Promise.all([member.close(), follower.close()]);
    const there = await bus.readAll(topic);
    for (const partition of [0, 1]) {
      const expected = numbered(0, count).filter((text) => Number(text) % 2 === partition);
      assert.deepEqual(inPartition(there, partition).sort((a, b) => Number(a) - Number(b)), expected);
      assert.deepEqual(inPartition(followed.items, partition), inPartition(there, partition));
    }
  });
});

describe('topics', { skip }, () => {
  test('are made, described, trimmed and deleted', async () => {
    const topic = await newTopic(2, { 'retention.ms': '3600000' });
    await publishAll(topic, numbered(0, 20), 2);
    await bus.trimTopic(topic, [{ partition: 0, offset: 4n }]);
    assert.deepEqual(await bus.topicFigures([topic]), [{ name: topic, partitions: [{ partition: 0, first: 4n, next: 10n }, { partition: 1, first: 0n, next: 10n }] }]);
    assert.equal((await bus.readAll(topic)).length, 16);
    assert.ok((await bus.topicNames('trial.')).includes(topic));
    await bus.deleteTopics([topic, 'trial.never']);
    assert.ok(!(await bus.topicNames('trial.')).includes(topic));
    await assert.rejects(bus.topicFigures([topic]), { code: 'TOPIC_MISSING' });
  });

  test('that are there stay, unless they have other partitions than asked for', async () => {
    const topic = await newTopic(2);
    await bus.createTopics([{ name: topic, partitions: 2, replicationFactor: 1, settings: {} }]);
    await assert.rejects(bus.createTopics([{ name: topic, partitions: 3, replicationFactor: 1, settings: {} }]), { code: 'CONFIG_INVALID', message: /has 2 partitions, not 3/ });
  });

  test('take messages of 1.5 and 7 MB where they are made for it, and are read whole', async () => {
    const topic = await newTopic(1, { 'max.message.bytes': '8000000' });
    const large = await openTestBus(broker.brokers, { maxMessageBytes: 7_900_000 });
    const values = [1_500_000, 7_000_000].map((bytes) => Buffer.alloc(bytes, 'abcdefg'));
    await Promise.all(values.map((value) => large.publish(topic, [{ partition: 0, key: '', headers: {}, value }])));
    const there = await large.readAll(topic);
    await large.close();
    assert.deepEqual(there.map(({ value }) => value.length), [1_500_000, 7_000_000]);
    assert.ok(values.every((value, i) => value.equals(there[i]!.value)));
  });

  test('that are read alone leave no group behind', async () => {
    const topic = await newTopic(1);
    await publishAll(topic, numbered(0, 3), 1);
    const follower = await bus.follow(topic, () => undefined);
    await bus.readAll(topic);
    await follower.close();
    const admin = new Kafka({ brokers: broker.brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const { groups } = await admin.listGroups();
    await admin.disconnect();
    assert.deepEqual(groups.filter(({ groupId }) => groupId.startsWith(`${topic}.`)), []);
    assert.deepEqual(await bus.readAll(await newTopic(1)), []);
  });

  test('that are not there, partitions that they have not, and messages too large for them are refused by name', async () => {
    const topic = await newTopic(1);
    await assert.rejects(bus.publish('trial.never', [textMessage(0, 'x')]), { code: 'TOPIC_MISSING', message: /trial\.never/ });
    await assert.rejects(bus.join({ group: 'g', topics: ['trial.never'], open: () => assert.fail() }), { code: 'TOPIC_MISSING', message: /trial\.never/ });
    await assert.rejects(bus.publish(topic, [textMessage(3, 'x')]), { code: 'TOPIC_MISSING', message: /no partition 3/ });
    await assert.rejects(bus.publish(topic, [{ partition: 0, key: '', headers: {}, value: Buffer.alloc(3_000_000) }]), { code: 'MESSAGE_TOO_LARGE', message: new RegExp(topic) });
    await bus.publish(topic, [textMessage(0, 'after')]);
    assert.deepEqual((await bus.readAll(topic)).map(textOf), ['after']);
  });
});

test('a broker that does not answer is named', async () => {
  await assert.rejects(openTestBus(['127.0.0.1:9'], { patienceMs: 1 }), { code: 'BROKER_UNREACHABLE', message: /127\.0\.0\.1:9/ });
});
