/**
 * One edge of the flow, and what it costs. In: a broker, records, a number of partitions. Out: the messages that they come to, and what it takes to encode, publish, read by a group, decode and check them, all in
 * this process.
 */
import { createMessageReader } from '../../../infra/topics/messages/message-reader.ts';
import { createRunBus } from '../../../pipelines/distributed/run-bus.ts';
import { openMessageCodec } from '../../../infra/topics/messages/open-message-codec.ts';
import { createDeferred, type Deferred } from '../../../operators/flow/deferred.ts';
import type { BusMessage } from '../../../operators/ports/message-bus.ts';
import { scoredGroups, type ScoredGroups } from '../../../schemas/records/edges.ts';
import { openTestBus } from '../../infra/topics/kafka/open-test-bus.ts';
import { stubConfig } from '../../stub-config.ts';
import { startCost, type Cost } from './cost.ts';

/** A machine that does other things must not cost the reader its place. */
const sessionTimeoutMs = 30_000;

export interface Edge {
  /** The messages of each record; a record goes to the partition of its place. */
  readonly sent: readonly (readonly BusMessage[])[];
  /** Of the values, all together. */
  readonly bytes: number;
  /** Makes a topic, and gives its name. */
  newTopic(kind: string): Promise<string>;
  /** On a new topic, from the first record to be encoded to the last that is read. Fails with the reason where a message is refused. */
  cost(topic: string): Promise<Cost>;
  /** Deletes its topics. */
  close(): Promise<void>;
}

export async function openEdge(brokers: readonly string[], name: string, records: readonly ScoredGroups[], partitions: number): Promise<Edge> {
  const config = stubConfig({ run: { name }, kafka: { partitions } });
  const bus = await openTestBus(brokers, { maxMessageBytes: config.kafka.maxMessageBytes, sessionTimeoutMs });
  const codec = await openMessageCodec({ run: name, ...config.kafka });
  const run = createRunBus({ config, bus, codec });
  const topics: string[] = [];
  const encode = (slot: number): BusMessage[] => run.encode(scoredGroups, records[slot]!, { epoch: 1, step: 1, id: records[slot]!.paragraph.id, partition: slot % partitions });
  const sent = records.map((_, slot) => encode(slot));
  return {
    sent,
    bytes: sent.flat().reduce((sum, { value }) => sum + value.length, 0),
    async newTopic(kind) {
      const topic = run.topic(`${kind}-${topics.length}`);
      await bus.createTopics([{ name: topic, partitions, replicationFactor: 1, settings: { 'max.message.bytes': String(config.kafka.maxMessageBytes) } }]);
      topics.push(topic);
      return topic;
    },
    async cost(topic) {
      const all: Deferred<void> = createDeferred();
      let left = records.length;
      const member = await bus.join({
        group: topic,
        topics: [topic],
        open: () => {
          const reader = createMessageReader({ codec, definitions: [scoredGroups], overlap: config.grpo.maxStaleness });
          return {
            take(messages) {
              for (const result of messages.flatMap((message) => reader.read(message))) {
                if (result.kind === 'refused') throw new Error(result.refusal.message);
                left--;
              }
              if (left === 0) all.resolve();
              return Promise.resolve(messages.at(-1)!.offset + 1n);
            },
            revoked: () => undefined,
          };
        },
      });
      member.ended.catch(all.reject);
      const cost = startCost();
      const partitionOf = async (partition: number): Promise<void> => {
        for (let slot = partition; slot < records.length; slot += partitions) await bus.publish(topic, encode(slot));
      };
      try {
        await Promise.all([...Array.from({ length: partitions }, (_, partition) => partitionOf(partition)), all.promise]);
        return cost();
      } finally {
        await member.close();
      }
    },
    async close() {
      await bus.deleteTopics(topics);
      await bus.close();
    },
  };
}
