/**
 * A member of a consumer group. In: the group, its topics, and what opens a partition. Out: the member, once it has joined. The library rejoins by itself after a rebalance, a
 * pause longer than the session or a broker's absence; partitions that the same member keeps go on where they were, all others are taken away and opened anew.
 * Errors end the member (`ended`): BROKER_REFUSED, TOPIC_MISSING, BROKER_UNREACHABLE after `patienceMs` without a sign of the group; whatever a `take` throws, as it is.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Consumer } from 'kafkajs';
import type { GroupMember, GroupOptions } from '../../../operators/ports/message-bus.ts';
import { deferred } from './deferred.ts';
import { deliveredMessage } from './delivered-message.ts';
import { isPassing, isRejoining } from './failure-kinds.ts';
import { outOfReach, steadyRetry, type KafkaClient } from './kafka-client.ts';
import { PartitionPump } from './partition-pump.ts';
import { betweenMs } from './repetition.ts';
import type { TopicPartitions } from './topic-partitions.ts';
import { countDown, withPatience } from './with-patience.ts';

/** How long a broker may hold a fetch that finds nothing, and so every rebalance. */
const maxWaitMs = 150;
const mostPartitionsAtOnce = 64;
const leavingPatienceMs = 10_000;

export async function joinGroup(client: KafkaClient, partitionsOf: TopicPartitions, { group, topics, open }: GroupOptions): Promise<GroupMember> {
  const { kafka, patienceMs, options } = client;
  const action = { right: 'READ', topics, group } as const;
  for (const topic of topics) await partitionsOf(topic, 'READ');
  const consumer = kafka.consumer({
    groupId: group,
    sessionTimeout: options.sessionTimeoutMs,
    heartbeatInterval: Math.min(3000, Math.floor(options.sessionTimeoutMs / 4)),
    maxWaitTimeInMs: maxWaitMs,
    maxBytesPerPartition: Math.max(2 ** 20, options.maxMessageBytes),
    maxBytes: 2 ** 25,
    allowAutoTopicCreation: false,
    retry: steadyRetry,
  });
  const pumps = new Map<string, PartitionPump>();
  const ended = deferred();
  const joined = deferred();
  let closing: Promise<void> | null = null;
  let memberId = '';
  ended.promise.catch(() => undefined); // for users who look at it late
  joined.promise.catch(() => undefined);

  const fail = (error: unknown): void => {
    ended.reject(error);
    joined.reject(error);
    void close();
  };
  /** Nothing that was taken in can be committed any more. */
  const failAtOnce = (error: unknown): void => {
    for (const pump of pumps.values()) pump.revoke();
    fail(error);
  };
  const unheard = countDown(patienceMs, () => failAtOnce(outOfReach(patienceMs, action)));
  const repetition = client.repetition(() => closing !== null);

  const openPump = (topic: string, partition: number): PartitionPump =>
    new PartitionPump(open(topic, partition), {
      commit: (offset) => consumer.commitOffsets([{ topic, partition, offset: String(offset) }]),
      again: (error) => (isRejoining(error) ? 'rejoined' : isPassing(error) ? wait(betweenMs) : null),
      drained: () => {
        if (closing === null) quietly(() => consumer.resume([{ topic, partitions: [partition] }]));
      },
      failed: (error) => fail(client.failure(error, action)),
    });

  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    unheard.reset();
    repetition.succeeded();
    const kept = payload.memberId === memberId;
    memberId = payload.memberId;
    const assigned = Object.entries(payload.memberAssignment).flatMap(([topic, partitions]) => partitions.map((partition) => ({ topic, partition, key: keyOf(topic, partition) })));
    const now = new Set(assigned.map(({ key }) => key));
    for (const [key, pump] of pumps) {
      if (kept && now.has(key)) continue;
      pumps.delete(key);
      pump.revoke();
    }
    for (const { topic, partition, key } of assigned) {
      const pump = pumps.get(key);
      if (pump !== undefined) {
        if (pump.next !== null) consumer.seek({ topic, partition, offset: String(pump.next) });
        pump.rejoined();
      } else if (closing === null) {
        pumps.set(key, openPump(topic, partition));
        consumer.resume([{ topic, partitions: [partition] }]); // it may have been here before, and busy when it was taken away
      }
    }
    joined.resolve();
  });
  consumer.on(consumer.events.HEARTBEAT, () => unheard.reset());
  consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
    if (restart) return;
    if (closing === null) void beginAnew(error).catch(failAtOnce);
    else for (const pump of pumps.values()) pump.revoke(); // what is not committed yet never will be
  });

  function close(): Promise<void> {
    closing ??= leave();
    return closing;
  }

  async function leave(): Promise<void> {
    unheard();
    quietly(() => consumer.pause(topics.map((topic) => ({ topic }))));
    await Promise.all([...pumps.values()].map((pump) => withPatience(pump.settle(), patienceMs, () => new Error('late')).catch(() => undefined)));
    for (const pump of pumps.values()) pump.revoke();
    pumps.clear();
    await withPatience(consumer.disconnect(), leavingPatienceMs, () => new Error('late')).catch(() => undefined); // the session's end does the same
    ended.resolve();
  }

  try {
    await begin();
    await joined.promise;
  } catch (error) {
    fail(error);
    await close();
    throw error;
  }

  /** After failures of the connection that the library gives its consumer up for; `unheard` ends it. */
  async function beginAnew(error: unknown): Promise<void> {
    if (await repetition.again(error)) await begin();
    else if (closing === null) throw client.failure(error, action);
  }

  function begin(): Promise<void> {
    return client.persist(() => (closing === null ? start(consumer) : Promise.resolve()), action);
  }

  async function start(starting: Consumer): Promise<void> {
    await starting.connect();
    await starting.subscribe({ topics: [...topics], fromBeginning: true });
    await starting.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: mostPartitionsAtOnce,
      eachBatch: (payload) => {
        const { batch } = payload;
        const { topic, partition } = batch;
        const pump = pumps.get(keyOf(topic, partition));
        if (pump === undefined || closing !== null) return Promise.resolve();
        const messages = batch.messages.map((message) => deliveredMessage(topic, partition, message)).filter(({ offset }) => pump.next === null || offset >= pump.next);
        payload.resolveOffset(batch.lastOffset());
        pump.push(messages, BigInt(batch.lastOffset()) + 1n);
        if (pump.isFull) starting.pause([{ topic, partitions: [partition] }]);
        return Promise.resolve();
      },
    });
  }

  return {
    commit: (topic, partition, offset) => pumps.get(keyOf(topic, partition))?.commit(offset) ?? Promise.resolve(),
    ended: ended.promise,
    close,
  };
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

/** The library throws while its consumer starts anew; then everything is opened anew. */
function quietly(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!isRejoining(error)) throw error;
  }
}
