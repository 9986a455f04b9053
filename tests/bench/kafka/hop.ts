/**
 * One edge of the flow: records of the paper's sizes, encoded, published, read by a group, decoded and checked; against the bare client, which moves the bytes that they come to. In: a broker. Out: rollouts
 * and bytes a second, and ours as a share of the client's. Both are timed in turn, in one process, and the best of each counts.
 */
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { createRunBus } from '../../../pipelines/distributed/run-bus.ts';
import { openMessageCodec } from '../../../infra/topics/messages/open-message-codec.ts';
import { createDeferred, type Deferred } from '../../../operators/flow/deferred.ts';
import type { BusMessage } from '../../../operators/ports/message-bus.ts';
import { scoredGroups, type ScoredGroups } from '../../../schemas/records/edges.ts';
import { openTestBus } from '../../infra/topics/kafka/open-test-bus.ts';
import { stubConfig } from '../../stub-config.ts';
import type { BenchRow } from '../bench-row.ts';
import { paperParagraph, responseTokens, rolloutsPerParagraph } from './paper-paragraph.ts';

const paragraphs = 16;
const partitions = 4;
const rounds = 4;
const bytesPerToken = 8; // an int32 id and a float32 log-probability

export async function benchHop(brokers: readonly string[]): Promise<BenchRow[]> {
  const records = await Promise.all(Array.from({ length: paragraphs }, (_, slot) => paperParagraph(slot)));
  const config = stubConfig({ run: { name: 'hop' }, kafka: { partitions } });
  const bus = await openTestBus(brokers, { maxMessageBytes: config.kafka.maxMessageBytes });
  const run = createRunBus({ config, bus, codec: await openMessageCodec({ run: 'hop', ...config.kafka }) });
  const topic = (kind: string, round: number): string => run.topic(`${kind}-${round}`);
  const names = Array.from({ length: rounds }, (_, round) => [topic('ours', round), topic('bare', round)]).flat();
  await bus.createTopics(names.map((name) => ({ name, partitions, replicationFactor: 1, settings: { 'max.message.bytes': String(config.kafka.maxMessageBytes) } })));
  const encode = (record: ScoredGroups, partition: number): BusMessage[] => run.encode(scoredGroups, record, { epoch: 1, step: 1, id: record.paragraph.id, partition });
  const sent = records.map((record, slot) => encode(record, slot % partitions));
  const bytes = sent.flat().reduce((sum, { value }) => sum + value.length, 0);
  let [ours, bare]: [Cost, Cost] = [boundless, boundless];
  for (let round = 0; round < rounds; round++) {
    bare = least(bare, await bareCost(brokers, topic('bare', round), sent));
    ours = least(ours, await ourCost(topic('ours', round)));
  }
  await bus.deleteTopics(names);
  await bus.close();

  /** From the first record to be encoded to the last that is read. */
  async function ourCost(name: string): Promise<Cost> {
    const all: Deferred<void> = createDeferred();
    let left = records.length;
    const member = await bus.join({
      group: name,
      topics: [name],
      open: () => {
        const reader = run.reader([scoredGroups], false);
        return {
          async take(messages) {
            for (const message of messages) {
              const whole = await reader.read(message);
              left -= whole.length; // read after the wait: partitions are read side by side
            }
            if (left === 0) all.resolve();
            return messages.at(-1)!.offset + 1n;
          },
          revoked: () => undefined,
        };
      },
    });
    const cost = startCost();
    const partitionOf = async (partition: number): Promise<void> => {
      for (let slot = partition; slot < records.length; slot += partitions) await bus.publish(name, encode(records[slot]!, partition));
    };
    await Promise.all([...Array.from({ length: partitions }, (_, partition) => partitionOf(partition)), all.promise]);
    const spent = cost();
    await member.close();
    return spent;
  }

  const megabytes = bytes / 1e6;
  const raw = (paragraphs * rolloutsPerParagraph * responseTokens * bytesPerToken) / 1e6;
  return [
    { name: 'a scored paragraph on the wire', value: megabytes / paragraphs, unit: 'MB', note: `${rolloutsPerParagraph} rollouts of ${responseTokens} tokens; ids and log-probabilities alone are ${(raw / paragraphs).toFixed(2)} MB` },
    { name: 'one edge, rollouts', value: (paragraphs * rolloutsPerParagraph) / ours.seconds, unit: '/s', note: `${paragraphs} paragraphs, best of ${rounds}; encoded, sent, read and checked in one process` },
    { name: 'one edge, compressed', value: megabytes / ours.seconds, unit: 'MB/s' },
    { name: 'bare client, the same bytes', value: megabytes / bare.seconds, unit: 'MB/s', note: 'kafkajs with the same settings: idempotent, acks of all, a group' },
    { name: 'one edge, of the bare client', value: (100 * bare.seconds) / ours.seconds, unit: '%', note: 'aim: 70' },
    { name: 'one edge, processor time', value: (1000 * ours.processorSeconds) / megabytes, unit: 'ms/MB', note: 'of this process, without the broker; hardly changed by what else the machine does' },
    { name: 'bare client, processor time', value: (1000 * bare.processorSeconds) / megabytes, unit: 'ms/MB' },
  ];
}

async function bareCost(brokers: readonly string[], topic: string, sent: readonly BusMessage[][]): Promise<Cost> {
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

interface Cost {
  readonly seconds: number;
  readonly processorSeconds: number;
}

const boundless: Cost = { seconds: Infinity, processorSeconds: Infinity };

function startCost(): () => Cost {
  const started = performance.now();
  const usage = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(usage);
    return { seconds: (performance.now() - started) / 1000, processorSeconds: (user + system) / 1e6 };
  };
}

function least(a: Cost, b: Cost): Cost {
  return { seconds: Math.min(a.seconds, b.seconds), processorSeconds: Math.min(a.processorSeconds, b.processorSeconds) };
}
