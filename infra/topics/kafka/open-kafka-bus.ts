/**
 * The port `MessageBus` over Apache Kafka, by kafkajs; nothing outside this folder knows of it. In: how to connect. Out: the bus, once a broker has let us in. Errors:
 * BROKER_UNREACHABLE, BROKER_REFUSED, TOPIC_MISSING, MESSAGE_TOO_LARGE, each naming broker, topic and what was being done. A broker that goes and comes back within
 * `patienceMs` is waited for by everything.
 */
import type { GroupMember, MessageBus } from '../../../operators/ports/message-bus.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { followTopic } from './follow-topic.ts';
import { joinGroup } from './join-group.ts';
import { openKafkaAdmin } from './kafka-admin.ts';
import { createKafkaClient, type KafkaBusOptions } from './kafka-client.ts';
import { openKafkaPublisher } from './kafka-publisher.ts';
import { readTopic } from './read-topic.ts';
import { topicPartitions } from './topic-partitions.ts';

/** A broker may be starting beside us. */
const connectPatienceMs = 15_000;
const betweenMs = 250;

export async function openKafkaBus(options: KafkaBusOptions): Promise<MessageBus> {
  await reach(options);
  const client = createKafkaClient(options);
  const admin = await openKafkaAdmin(client);
  const partitionsOf = topicPartitions(admin);
  const publisher = await openKafkaPublisher(client, partitionsOf);
  const members = new Set<GroupMember>();
  const keep = (member: GroupMember): GroupMember => {
    members.add(member);
    const gone = (): void => void members.delete(member);
    member.ended.then(gone, gone);
    return member;
  };
  return {
    ...admin,
    publish: (topic, messages) => publisher.publish(topic, messages),
    join: async (group) => keep(await joinGroup(client, partitionsOf, group)),
    follow: async (topic, onMessage) => keep(await followTopic(client, admin, partitionsOf, topic, (messages) => messages.forEach(onMessage))),
    async readAll(topic) {
      await partitionsOf(topic, 'READ');
      return readTopic(admin, topic, (name, onMessages) => followTopic(client, admin, partitionsOf, name, onMessages));
    },
    async deleteTopics(names) {
      await admin.deleteTopics(names);
      partitionsOf.forget(names);
      await publisher.forget(names);
    },
    async close() {
      await Promise.all([...members].map((member) => member.close()));
      await publisher.close();
      await admin.close();
      options.connection.close();
    },
  };
}

async function reach({ connection, patienceMs = connectPatienceMs }: KafkaBusOptions): Promise<void> {
  const deadline = performance.now() + Math.min(patienceMs, connectPatienceMs);
  for (;;) {
    try {
      await connection.reach();
      return;
    } catch (error) {
      if (!(error instanceof PretrainZeroError && error.code === 'BROKER_UNREACHABLE') || performance.now() > deadline) throw error;
    }
    await wait(betweenMs);
  }
}
