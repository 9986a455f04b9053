/**
 * Reads a topic alone, from its beginning. In: the topic. Out: every message once, in order of each partition, for as long as the member lives. The library reads by groups
 * only, so this is a group of one, named by the topic and a random id, that commits nothing and is removed in the end (of a process that was killed, by the broker, as it
 * is empty).
 */
import { randomUUID } from 'node:crypto';
import type { DeliveredMessage, GroupMember } from '../../../operators/ports/message-bus.ts';
import { joinGroup } from './join-group.ts';
import type { KafkaAdmin } from './kafka-admin.ts';
import type { KafkaClient } from './kafka-client.ts';
import type { TopicPartitions } from './topic-partitions.ts';

export async function followTopic(client: KafkaClient, admin: KafkaAdmin, partitionsOf: TopicPartitions, topic: string, onMessages: (messages: readonly DeliveredMessage[]) => void): Promise<GroupMember> {
  const group = `${topic}.reader.${randomUUID()}`;
  const next = new Map<number, bigint>(); // a member that has to join as a new one begins at the beginning again
  const member = await joinGroup(client, partitionsOf, {
    group,
    topics: [topic],
    open: (_, partition) => ({
      take(messages) {
        const from = next.get(partition);
        const fresh = from === undefined ? messages : messages.filter(({ offset }) => offset >= from);
        const last = fresh.at(-1);
        if (last !== undefined) {
          next.set(partition, last.offset + 1n);
          onMessages(fresh);
        }
        return Promise.resolve(null);
      },
      revoked: () => undefined,
    }),
  });
  return {
    commit: () => Promise.resolve(),
    ended: member.ended,
    async close() {
      await member.close();
      await admin.deleteGroups([group]).catch(() => undefined);
    },
  };
}
