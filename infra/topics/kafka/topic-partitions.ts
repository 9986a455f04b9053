import { setTimeout as wait } from 'node:timers/promises';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { BrokerAction } from './broker-error.ts';
import type { KafkaAdmin } from './kafka-admin.ts';

/** Number of a topic's partitions. Asks once a topic. TOPIC_MISSING where it is not there, BROKER_REFUSED, naming `right`, where the principal may do nothing with it. */
export interface TopicPartitions {
  (topic: string, right: BrokerAction['right']): Promise<number>;
  forget(topics: readonly string[]): void;
}

/** A topic that was just made may not be known to every broker at once. */
const triesOfMissing = 10;
const betweenMs = 200;

export function topicPartitions(admin: KafkaAdmin): TopicPartitions {
  const known = new Map<string, Promise<number>>();
  const partitionsOf = (topic: string, right: BrokerAction['right']): Promise<number> => {
    let partitions = known.get(topic);
    if (partitions === undefined) {
      partitions = ask(admin, topic, right);
      known.set(topic, partitions);
      partitions.catch(() => known.delete(topic));
    }
    return partitions;
  };
  return Object.assign(partitionsOf, { forget: (topics: readonly string[]) => topics.forEach((topic) => known.delete(topic)) });
}

async function ask(admin: KafkaAdmin, topic: string, right: BrokerAction['right']): Promise<number> {
  for (let tries = 1; ; tries++) {
    const partitions = await admin.partitionsOf(topic, right);
    if (partitions !== null) return partitions;
    if (tries === triesOfMissing) throw new PretrainZeroError('TOPIC_MISSING', `The topic ${topic} is not there`);
    await wait(betweenMs);
  }
}
