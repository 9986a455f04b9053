import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { createDeferred, type Deferred } from '../../../operators/flow/deferred.ts';
import type { BusMessage } from '../../../operators/ports/message-bus.ts';
import { startCost, type Cost } from './cost.ts';

/**
 * What the bare client takes to move the messages of an edge: kafkajs with the bus's settings, idempotent, acknowledged by all, read by a group. In: a topic that is there, and the messages of each record; a
 * record goes to the partition of its place. From the first that is sent to the last that is read.
 */
export async function bareEdgeCost(brokers: readonly string[], topic: string, partitions: number, sent: readonly (readonly BusMessage[])[]): Promise<Cost> {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, createPartitioner: Partitioners.DefaultPartitioner });
  const consumer = kafka.consumer({ groupId: topic, maxWaitTimeInMs: 150, maxBytes: 2 ** 25 });
  const joined: Deferred<void> = createDeferred();
  const all: Deferred<void> = createDeferred();
  let left = sent.flat().length;
  consumer.on('consumer.group_join', () => joined.resolve());
  await Promise.all([producer.connect(), consumer.connect()]);
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    partitionsConsumedConcurrently: partitions,
    eachBatch: (payload) => {
      left -= payload.batch.messages.length;
      payload.resolveOffset(payload.batch.lastOffset());
      if (left === 0) all.resolve();
      return Promise.resolve();
    },
  });
  await joined.promise;
  const cost = startCost();
  const partitionOf = async (partition: number): Promise<void> => {
    for (let slot = partition; slot < sent.length; slot += partitions) {
      const messages = sent[slot]!.map(({ key, headers, value }) => ({ partition, key, headers: { ...headers }, value: Buffer.from(value.buffer, value.byteOffset, value.length) }));
      for (const message of messages) await producer.send({ topic, acks: -1, messages: [message] }); // each is as large as a request may be
    }
  };
  await Promise.all([...Array.from({ length: partitions }, (_, partition) => partitionOf(partition)), all.promise]);
  const spent = cost();
  await Promise.all([producer.disconnect(), consumer.disconnect()]);
  return spent;
}
