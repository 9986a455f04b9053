import { setTimeout as wait } from 'node:timers/promises';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { KafkaAdmin } from './kafka-admin.ts';

/** Number of a topic's partitions. Asks once a topic. TOPIC_MISSING where it is not there, or the principal may not see it. */
export type TopicPartitions = (topic: string) => Promise<number>;

/** A topic that was just made may not be known to every broker at once. */
const triesOfMissing = 10;
const betweenMs = 200;

export function topicPartitions(admin: KafkaAdmin): TopicPartitions {
  const known = new Map<string, Promise<number>>();
  return (topic) => {
    let partitions = known.get(topic);
    if (partitions === undefined) {
      partitions = ask(admin, topic);
      known.set(topic, partitions);
      partitions.catch(() => known.delete(topic));
    }
    return partitions;
  };
}

async function ask(admin: KafkaAdmin, topic: string): Promise<number> {
  for (let tries = 1; ; tries++) {
    const partitions = await admin.partitionsOf(topic);
    if (partitions !== null) return partitions;
    if (tries === triesOfMissing) throw new PretrainZeroError('TOPIC_MISSING', `The topic ${topic} is not there, or this principal may not see it`);
    await wait(betweenMs);
  }
}
