/** The port `MessageBus` on a real broker: groups, processes, an outage. Needs Java (infra/kafka). */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { after, describe, test } from 'node:test';
import type { DeliveredMessage, GroupMember } from '../../../../operators/ports/message-bus.ts';
import { brokerSkip } from '../../kafka/broker-skip.ts';
import type { MemberEvent } from './bus-member.ts';
import { atLeast, busTrial, inPartition, numbered } from './bus-trial.ts';
import { Collected } from './collected.ts';
import { textMessage, textOf } from './open-test-bus.ts';
import { opened, startMember as startProcess, type MemberProcess } from './start-member.ts';

const skip = brokerSkip();
const trial = busTrial(skip);
const children = new Set<ChildProcess>();
after(() => children.forEach((child) => child.kill('SIGKILL')));

/** Joins, and commits all that it takes, or what `done` says. */
async function joinAll(group: string, topic: string, done = (messages: readonly DeliveredMessage[]): bigint | null => messages.at(-1)!.offset + 1n): Promise<{ member: GroupMember; taken: Collected<DeliveredMessage> }> {
  const taken = new Collected<DeliveredMessage>();
  const take = (messages: readonly DeliveredMessage[]): Promise<bigint | null> => {
    taken.add(...messages);
    return Promise.resolve(done(messages));
  };
  return { member: await trial.bus.join({ group, topics: [topic], open: () => ({ take, revoked: () => undefined }) }), taken };
}


describe('a group', { skip }, () => {
  test('gets every message in the order of its partition, headers and key with it, and goes on after what was committed', async () => {
    const topic = await trial.newTopic(3);
    await trial.publishAll(topic, numbered(0, 300), 3);
    const first = await joinAll('order', topic);
    await first.taken.until(atLeast(300));
    await first.member.close();
    for (const partition of [0, 1, 2]) assert.deepEqual(inPartition(first.taken.items, partition), numbered(0, 300).filter((text) => Number(text) % 3 === partition));
    const { key, headers, offset } = first.taken.items.find((message) => textOf(message) === '7')!;
    assert.deepEqual({ key, headers, offset }, { key: '7', headers: { text: '7' }, offset: 2n });
    const [figures] = await trial.bus.groupFigures(['order'], [topic]);
    assert.deepEqual(figures?.committed.map((each) => each.offset), [100n, 100n, 100n]);

    await trial.publishAll(topic, numbered(300, 330), 3);
    const second = await joinAll('order', topic);
    await second.taken.until(atLeast(30));
    await second.member.close();
    assert.deepEqual(second.taken.items.map(textOf).sort(), numbered(300, 330));
  });

  test('gets again what was taken in and not committed; a commit from outside a take counts too', async () => {
    const topic = await trial.newTopic(1);
    await trial.publishAll(topic, numbered(0, 20), 1);
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
    const topic = await trial.newTopic(2);
    let release: (offset: bigint) => void = () => undefined;
    const held = new Promise<bigint>((resolve) => (release = resolve));
    const [slow, quick] = [new Collected<DeliveredMessage>(), new Collected<DeliveredMessage>()];
    const member = await trial.bus.join({
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
    await trial.bus.publish(topic, [textMessage(0, 'slow')]);
    await slow.until(atLeast(1));
    await trial.bus.publish(topic, [textMessage(0, 'behind')]);
    // Each waits for the one before: together they take longer than the session.
    for (let i = 1; i <= 20; i++) {
      await trial.bus.publish(topic, [textMessage(1, String(i))]);
      await quick.until(atLeast(i));
    }
    assert.equal(slow.items.length, 1);
    assert.equal((await trial.bus.groupFigures(['held'], [topic]))[0]?.members, 1);
    release(1n);
    await slow.until(atLeast(2));
    await member.close();
    assert.deepEqual(slow.items.map(textOf), ['slow', 'behind']);
    assert.deepEqual(quick.items.map(textOf), numbered(1, 21));
  });

  test('ends a member with what its take threw', async () => {
    const topic = await trial.newTopic(1);
    const member = await trial.bus.join({ group: 'thrown', topics: [topic], open: () => ({ take: () => Promise.reject(new Error('disk full')), revoked: () => undefined }) });
    await trial.bus.publish(topic, [textMessage(0, 'x')]);
    await assert.rejects(member.ended, /disk full/);
    await member.close();
    assert.equal((await trial.bus.groupFigures(['thrown'], [topic]))[0]?.committed.length, 0);
  });
});

function startMember(group: string, topic: string): MemberProcess {
  const member = startProcess(trial.broker.brokers[0]!, group, topic);
  children.add(member.child);
  return member;
}

const textsOf = (events: readonly MemberEvent[]): string[] => events.flatMap((event) => (event.type === 'took' ? [event.text] : []));
const took = (texts: readonly string[], ...members: { events: Collected<MemberEvent> }[]) => (): boolean => {
  const all = new Set(members.flatMap(({ events }) => textsOf(events.items)));
  return texts.every((text) => all.has(text));
};

describe('members in processes of their own', { skip }, () => {
  test('share the partitions; those of one that is killed go to the other, which begins after what was committed', async () => {
    const topic = await trial.newTopic(2);
    const doomed = startMember('killed', topic);
    await doomed.events.until((events) => opened(0)(events) && opened(1)(events));
    await trial.publishAll(topic, numbered(0, 40), 2);
    await doomed.events.until((events) => textsOf(events).length >= 40);
    const heir = startMember('killed', topic);
    await heir.events.until((events) => opened(0)(events) || opened(1)(events));
    await trial.publishAll(topic, numbered(40, 60), 2);
    await Promise.race([doomed.events, heir.events].map((events) => events.until(took(numbered(40, 60), doomed, heir))));
    doomed.child.kill('SIGKILL');
    await trial.publishAll(topic, numbered(60, 100), 2);
    await heir.events.until(took(numbered(60, 100), heir));
    assert.ok(!textsOf(heir.events.items).some((text) => Number(text) < 40), 'what was committed long before does not come again');
    heir.child.kill('SIGTERM');
    await new Promise((resolve) => heir.child.once('exit', resolve));
    const [figures] = await trial.bus.groupFigures(['killed'], [topic]);
    assert.deepEqual(figures?.committed.map(({ offset }) => offset), [50n, 50n]);
  });

  test('that stood still for longer than a session lose their partitions, and join again when they wake', async () => {
    const topic = await trial.newTopic(2);
    const sleeper = startMember('paused', topic);
    await sleeper.events.until((events) => opened(0)(events) && opened(1)(events));
    sleeper.child.kill('SIGSTOP');
    const other = startMember('paused', topic);
    await other.events.until((events) => opened(0)(events) && opened(1)(events));
    await trial.publishAll(topic, numbered(0, 20), 2);
    await other.events.until(took(numbered(0, 20), other));
    sleeper.child.kill('SIGCONT');
    await sleeper.events.until((events) => events.filter(({ type }) => type === 'revoked').length >= 2 && events.filter(({ type }) => type === 'opened').length >= 3);
    await trial.publishAll(topic, numbered(20, 60), 2);
    await Promise.race([sleeper.events, other.events].map((events) => events.until(took(numbered(20, 60), sleeper, other))));
    for (const { child } of [sleeper, other]) {
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('exit', resolve));
    }
    const [figures] = await trial.bus.groupFigures(['paused'], [topic]);
    assert.deepEqual(figures?.committed.map(({ offset }) => offset), [30n, 30n]);
  });
});

describe('a broker that is killed and comes back', { skip }, () => {
  test('costs no message, none is there twice, and nobody has to be started again', async () => {
    const topic = await trial.newTopic(2);
    const { member, taken } = await joinAll('outage', topic);
    const followed = new Collected<DeliveredMessage>();
    const follower = await trial.bus.follow(topic, (message) => followed.add(message));
    const count = 400;
    const publishing = (async () => {
      for (let i = 0; i < count; i += 4) await trial.publishAll(topic, numbered(i, i + 4), 2);
    })();
    await taken.until(atLeast(60));
    await trial.broker.kill();
    const figures = trial.bus.topicFigures([topic]);
    await trial.broker.restart();
    await publishing;
    await taken.until((items) => new Set(items.map(textOf)).size === count);
    await followed.until(atLeast(count));
    assert.ok((await figures)[0]!.partitions.length === 2);
    await Promise.all([member.close(), follower.close()]);
    const there = await trial.bus.readAll(topic);
    for (const partition of [0, 1]) {
      const expected = numbered(0, count).filter((text) => Number(text) % 2 === partition);
      assert.deepEqual(inPartition(there, partition).sort((a, b) => Number(a) - Number(b)), expected);
      assert.deepEqual(inPartition(followed.items, partition), inPartition(there, partition));
    }
  });
});
