import type { DeliveredMessage, GroupMember } from '../../../operators/ports/message-bus.ts';
import type { KafkaAdmin } from './kafka-admin.ts';
import { deferred } from './deferred.ts';

/** All that lies on a topic now, partition by partition. `follow` reads it from its beginning. */
export async function readTopic(
  admin: KafkaAdmin,
  topic: string,
  follow: (topic: string, onMessages: (messages: readonly DeliveredMessage[]) => void) => Promise<GroupMember>,
): Promise<readonly DeliveredMessage[]> {
  const [figures] = await admin.topicFigures([topic]);
  const left = new Map(figures!.partitions.filter(({ first, next }) => next > first).map(({ partition, next }) => [partition, next]));
  if (left.size === 0) return [];
  const found: DeliveredMessage[] = [];
  const all = deferred();
  const reader = await follow(topic, (messages) => {
    for (const message of messages) {
      const end = left.get(message.partition);
      if (end === undefined || message.offset >= end) continue;
      found.push(message);
      if (message.offset === end - 1n) left.delete(message.partition);
    }
    if (left.size === 0) all.resolve();
  });
  try {
    await Promise.race([all.promise, reader.ended]);
  } finally {
    await reader.close();
  }
  return found.sort((a, b) => a.partition - b.partition || Number(a.offset - b.offset));
}
