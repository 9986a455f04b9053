/**
 * Sends messages, idempotently. In: messages of a topic. Out: resolves once every in-sync replica has them. One send a topic is under way; what is published meanwhile goes
 * with the next, so order is that of the calls and many small messages cost few requests. Errors: BROKER_UNREACHABLE, BROKER_REFUSED, TOPIC_MISSING, MESSAGE_TOO_LARGE.
 */
import { Partitioners, type Message, type Producer, type RetryOptions } from 'kafkajs';
import type { BusMessage } from '../../../operators/ports/message-bus.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { messageBytes } from './delivered-message.ts';
import { steadyRetry, type KafkaClient } from './kafka-client.ts';
import type { TopicPartitions } from './topic-partitions.ts';

export interface KafkaPublisher {
  publish(topic: string, messages: readonly BusMessage[]): Promise<void>;
  /** Topics were deleted. The library asks about every topic that it ever sent to, and is stuck with all of them once one is gone: it begins anew. */
  forget(topics: readonly string[]): Promise<void>;
  /** After what is under way. */
  close(): Promise<void>;
}

interface Waiting {
  readonly message: BusMessage;
  readonly bytes: number;
  readonly done: (error: Error | null) => void;
}

/** An idempotent producer that gives a message up does not know whether it was taken: it goes on under the same sequence numbers. `patienceMs` ends it. */
const endlessRetry: RetryOptions = { ...steadyRetry, retries: Number.MAX_SAFE_INTEGER };

/** Most bytes of one request, all partitions together. */
const maxRequestBytes = 2 ** 24;

export async function openKafkaPublisher(client: KafkaClient, partitionsOf: TopicPartitions): Promise<KafkaPublisher> {
  let producer = await connect(client);
  const queues = new Map<string, Waiting[]>();
  const loops = new Map<string, Promise<void>>();

  async function run(topic: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, batchLength(queue, client.options.maxMessageBytes));
      const error = await send(client, producer, partitionsOf, topic, batch).then(() => null, (cause: unknown) => cause as Error);
      for (const { done } of batch) done(error);
    }
    loops.delete(topic);
  }

  return {
    publish(topic, messages) {
      const queue = queues.get(topic) ?? [];
      queues.set(topic, queue);
      const sent = messages.map((message) => new Promise<void>((resolve, reject) => {
        queue.push({ message, bytes: messageBytes(message), done: (error) => (error === null ? resolve() : reject(error)) });
      }));
      if (!loops.has(topic) && queue.length > 0) loops.set(topic, run(topic, queue));
      return Promise.all(sent).then(() => undefined);
    },
    async forget(topics) {
      if (!topics.some((topic) => queues.delete(topic))) return;
      const old = producer;
      producer = await connect(client);
      await Promise.all(loops.values()); // sends under way end on the old one
      await old.disconnect();
    },
    async close() {
      await Promise.all(loops.values());
      await producer.disconnect();
    },
  };
}

async function connect(client: KafkaClient): Promise<Producer> {
  const producer = client.kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false, createPartitioner: Partitioners.DefaultPartitioner, retry: endlessRetry });
  await client.persist(() => producer.connect(), { right: 'WRITE' });
  return producer;
}

/** How many of the first go at once: a broker's limit for a message holds for all that one request brings to a partition. */
function batchLength(queue: readonly Waiting[], maxPartitionBytes: number): number {
  const byPartition = new Map<number, number>();
  let total = 0;
  for (const [i, { message, bytes }] of queue.entries()) {
    const inPartition = (byPartition.get(message.partition) ?? 0) + bytes;
    total += bytes;
    if (i > 0 && (inPartition > maxPartitionBytes || total > maxRequestBytes)) return i;
    byPartition.set(message.partition, inPartition);
  }
  return queue.length;
}

async function send(client: KafkaClient, producer: Producer, partitionsOf: TopicPartitions, topic: string, batch: readonly Waiting[]): Promise<void> {
  const partitions = await partitionsOf(topic, 'WRITE');
  const wrong = batch.find(({ message }) => !(message.partition >= 0 && message.partition < partitions));
  if (wrong !== undefined) throw new PretrainZeroError('TOPIC_MISSING', `The topic ${topic} has ${partitions} partitions, and no partition ${wrong.message.partition}`);
  // Partitions that the library knows no leader of are passed over by it without a word: what was not acknowledged goes again.
  for (let left: readonly Waiting[] = batch; left.length > 0; ) {
    const acknowledged = await client.persist(() => producer.send({ topic, acks: -1, messages: left.map(({ message }) => toKafka(message)) }), { right: 'WRITE', topics: [topic] });
    const done = new Set(acknowledged.map(({ partition }) => partition));
    left = left.filter(({ message }) => !done.has(message.partition));
  }
}

function toKafka({ partition, key, headers, value }: BusMessage): Message {
  return { partition, key, headers: { ...headers }, value: Buffer.from(value.buffer, value.byteOffset, value.length) };
}
