/**
 * Sends messages, idempotently. In: messages of a topic. Out: resolves once every in-sync replica has them. One send a topic is under way; what is published meanwhile goes
 * with the next, so order is that of the calls and many small messages cost few requests. Errors: those of `kafkaError`.
 */
import { Partitioners, type Message, type Producer } from 'kafkajs';
import type { BusMessage } from '../../../operators/ports/message-bus.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { messageBytes } from './delivered-message.ts';
import { steadyRetry, type KafkaClient } from './kafka-client.ts';
import { describeOperation, kafkaError } from './kafka-error.ts';
import type { TopicPartitions } from './topic-partitions.ts';
import { withPatience } from './with-patience.ts';

export interface KafkaPublisher {
  publish(topic: string, messages: readonly BusMessage[]): Promise<void>;
  /** After what is under way. */
  close(): Promise<void>;
}

interface Waiting {
  readonly message: BusMessage;
  readonly bytes: number;
  readonly done: (error: Error | null) => void;
}

/** Most bytes of one request, all partitions together. */
const maxRequestBytes = 2 ** 24;

export async function openKafkaPublisher(client: KafkaClient, partitionsOf: TopicPartitions): Promise<KafkaPublisher> {
  const { kafka, brokers, patienceMs, options } = client;
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false, createPartitioner: Partitioners.DefaultPartitioner, retry: steadyRetry });
  const connecting = { doing: 'connecting', brokers };
  const late = (): Error => kafkaError(new Error(`no answer within ${patienceMs / 1000} s`), connecting);
  await withPatience(producer.connect(), patienceMs, late).catch((error: unknown) => Promise.reject(kafkaError(error, connecting)));
  const queues = new Map<string, Waiting[]>();
  const loops = new Map<string, Promise<void>>();

  async function run(topic: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, batchLength(queue, options.maxMessageBytes));
      const error = await send(client, producer, partitionsOf, topic, batch).then(() => null, (cause: unknown) => kafkaError(cause, { doing: 'publishing to', brokers, topic }));
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
      if (!loops.has(topic)) loops.set(topic, run(topic, queue));
      return Promise.all(sent).then(() => undefined);
    },
    async close() {
      await Promise.all(loops.values());
      await producer.disconnect();
    },
  };
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
  const { brokers, patienceMs } = client;
  const operation = { doing: 'publishing to', brokers, topic };
  const partitions = await partitionsOf(topic);
  for (const { message } of batch) {
    if (message.partition >= 0 && message.partition < partitions) continue;
    throw new PretrainZeroError('TOPIC_MISSING', `${describeOperation(operation)}: it has ${partitions} partitions, and no partition ${message.partition}`);
  }
  const late = (): Error => kafkaError(new Error(`no acknowledgement within ${patienceMs / 1000} s`), operation);
  // Partitions that the library knows no leader of are passed over by it without a word: what was not acknowledged goes again.
  for (let left: readonly Waiting[] = batch; left.length > 0; ) {
    const acknowledged = await withPatience(producer.send({ topic, acks: -1, messages: left.map(({ message }) => toKafka(message)) }), patienceMs, late);
    const done = new Set(acknowledged.map(({ partition }) => partition));
    left = left.filter(({ message }) => !done.has(message.partition));
  }
}

function toKafka({ partition, key, headers, value }: BusMessage): Message {
  return { partition, key, headers: { ...headers }, value: Buffer.from(value.buffer, value.byteOffset, value.length) };
}
