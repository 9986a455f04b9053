/**
 * Topics and groups. In: their names. Out: what the port `MessageBus` says of each. Each call goes on through a broker's absence until `patienceMs`. Errors: those of
 * `brokerError`; CONFIG_INVALID for a topic that is there with other partitions.
 */
import type { Admin } from 'kafkajs';
import { setTimeout as wait } from 'node:timers/promises';
import type { GroupFigures, TopicFigures, TopicSpec } from '../../../operators/ports/message-bus.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { BrokerAction } from './broker-error.ts';
import type { KafkaClient } from './kafka-client.ts';
import { betweenMs } from './repetition.ts';

export interface KafkaAdmin {
  createTopics(topics: readonly TopicSpec[]): Promise<void>;
  deleteTopics(names: readonly string[]): Promise<void>;
  trimTopic(name: string, before: readonly { readonly partition: number; readonly offset: bigint }[]): Promise<void>;
  deleteGroups(groups: readonly string[]): Promise<void>;
  topicNames(prefix: string): Promise<readonly string[]>;
  /** Null where there is no such topic. `right` is what is wanted of it, for messages. */
  partitionsOf(topic: string, right: BrokerAction['right']): Promise<number | null>;
  topicFigures(names: readonly string[]): Promise<readonly TopicFigures[]>;
  groupFigures(groups: readonly string[], topics: readonly string[]): Promise<readonly GroupFigures[]>;
  close(): Promise<void>;
}

const noSuchGroup = 69; // GROUP_ID_NOT_FOUND

export async function openKafkaAdmin(client: KafkaClient): Promise<KafkaAdmin> {
  let admin = client.kafka.admin();
  const ask = <T>(action: BrokerAction, request: () => Promise<T>): Promise<T> => client.persist(request, action);
  await ask({ right: 'DESCRIBE' }, () => admin.connect());
  const allNames = (): Promise<string[]> => ask({ right: 'DESCRIBE' }, () => admin.listTopics());
  const metadataOf = (topic: string) => ask({ right: 'DESCRIBE', topics: [topic] }, () => admin.fetchTopicMetadata({ topics: [topic] }));

  /** Topics were deleted: the library goes on asking about every one that it was ever asked for. */
  async function beginAnew(): Promise<void> {
    const old = admin;
    const fresh = client.kafka.admin();
    await ask({ right: 'DESCRIBE' }, () => fresh.connect());
    admin = fresh;
    await old.disconnect(); // after what is under way
  }

  /** Asked for by name, so that a topic that the principal may not use is told from one that is not there. */
  async function partitionsOf(topic: string, right: BrokerAction['right']): Promise<number | null> {
    const found = await ask({ right, topics: [topic] }, () => admin.fetchTopicMetadata({ topics: [topic] })).catch((error: unknown) => (isTopicMissing(error) ? null : Promise.reject(error as Error)));
    return found?.topics[0]?.partitions.length ?? null;
  }

  /** A topic is there for a client once every partition has a leader. */
  async function awaitLeaders({ name, partitions }: TopicSpec): Promise<void> {
    for (;;) {
      const found = await metadataOf(name).catch((error: unknown) => (isTopicMissing(error) ? null : Promise.reject(error as Error)));
      const led = found?.topics[0]?.partitions ?? [];
      if (led.length !== 0 && led.length !== partitions) throw otherPartitions(name, led.length, partitions);
      if (led.length === partitions && led.every(({ leader, partitionErrorCode }) => leader >= 0 && partitionErrorCode === 0)) return;
      await wait(betweenMs);
    }
  }

  return {
    async createTopics(topics) {
      if (topics.length === 0) return;
      const there = new Set(await allNames());
      const missing = topics.filter(({ name }) => !there.has(name)).map(({ name, partitions, replicationFactor, settings }) => ({
        topic: name,
        numPartitions: partitions,
        replicationFactor,
        configEntries: Object.entries(settings).map(([key, value]) => ({ name: key, value })),
      }));
      if (missing.length > 0) await ask({ right: 'CREATE', topics: missing.map(({ topic }) => topic) }, () => createMissing(admin, missing));
      for (const topic of topics) await awaitLeaders(topic);
    },
    async deleteTopics(names) {
      const there = new Set(await allNames());
      const topics = names.filter((name) => there.has(name));
      if (topics.length === 0) return;
      await ask({ right: 'DELETE', topics }, () => deleteOnce(client, topics)).catch((error: unknown) => (isTopicMissing(error) ? undefined : Promise.reject(error as Error)));
      await beginAnew();
      while ((await allNames()).some((name) => topics.includes(name))) await wait(betweenMs);
    },
    trimTopic: (name, before) =>
      ask({ right: 'DELETE', topics: [name] }, () => admin.deleteTopicRecords({ topic: name, partitions: before.map(({ partition, offset }) => ({ partition, offset: String(offset) })) })),
    async deleteGroups(groups) {
      if (groups.length === 0) return;
      await ask({ right: 'DELETE', group: groups.join(', ') }, () => admin.deleteGroups([...groups]).catch(exceptMissingGroups));
    },
    topicNames: async (prefix) => (await allNames()).filter((name) => name.startsWith(prefix)).sort(),
    partitionsOf,
    topicFigures: (names) =>
      Promise.all(
        names.map(async (name) => {
          if ((await partitionsOf(name, 'DESCRIBE')) === null) throw new PretrainZeroError('TOPIC_MISSING', `The topic ${name} is not there`);
          const offsets = await ask({ right: 'DESCRIBE', topics: [name] }, () => admin.fetchTopicOffsets(name));
          const partitions = offsets.map(({ partition, low, high }) => ({ partition, first: BigInt(low), next: BigInt(high) }));
          return { name, partitions: partitions.sort((a, b) => a.partition - b.partition) };
        }),
      ),
    async groupFigures(groups, topics) {
      if (groups.length === 0) return [];
      const there = new Set(await allNames());
      const described = await ask({ right: 'DESCRIBE', group: groups.join(', ') }, () => admin.describeGroups([...groups]));
      return Promise.all(
        groups.map(async (group) => {
          const offsets = await ask({ right: 'DESCRIBE', group }, () => admin.fetchOffsets({ groupId: group, topics: topics.filter((topic) => there.has(topic)) }));
          const committed = offsets.flatMap(({ topic, partitions }) => partitions.map(({ partition, offset }) => ({ topic, partition, offset: BigInt(offset) })));
          const members = described.groups.find(({ groupId }) => groupId === group)?.members.length ?? 0;
          return { group, members, committed: committed.filter(({ offset }) => offset >= 0n) };
        }),
      );
    },
    close: () => admin.disconnect(),
  };
}

interface NewTopic {
  readonly topic: string;
  readonly numPartitions: number;
  readonly replicationFactor: number;
  readonly configEntries: { readonly name: string; readonly value: string }[];
}

/** Another process may make the same at the same time. Brokers that are away for the moment are missed as if there were none: they are given some time. */
async function createMissing(admin: Admin, topics: NewTopic[]): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await admin.createTopics({ topics, waitForLeaders: false });
      return;
    } catch (error) {
      const errors = error instanceof AggregateError || 'errors' in (error as object) ? (error as { errors: { type?: string }[] }).errors : [];
      const other = errors.find(({ type }) => type !== 'TOPIC_ALREADY_EXISTS');
      if (errors.length === 0) throw error;
      if (other === undefined) return;
      if (other.type !== 'INVALID_REPLICATION_FACTOR' || tries === triesOfFewBrokers) throw other as Error;
    }
    await wait(betweenMs);
  }
}

/** Asks once a call: the library by itself would ask on and on for topics that its first try has deleted, where the answer to that was lost. */
async function deleteOnce({ kafka }: KafkaClient, topics: string[]): Promise<void> {
  const admin = kafka.admin({ retry: { retries: 0 } });
  try {
    await admin.connect();
    await admin.deleteTopics({ topics });
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

/** A hundred, so that a config which asks for more brokers than there are is told within some seconds. */
const triesOfFewBrokers = 100;

function exceptMissingGroups(error: unknown): void {
  const { groups = [] } = error as { groups?: readonly { readonly errorCode: number; readonly error: Error }[] };
  if (groups.length === 0) throw error;
  const refused = groups.find(({ errorCode }) => errorCode !== noSuchGroup);
  if (refused !== undefined) throw refused.error; // which says whether it may pass; the library's own says so of every one
}

function isTopicMissing(error: unknown): boolean {
  return error instanceof PretrainZeroError && error.code === 'TOPIC_MISSING';
}

function otherPartitions(topic: string, found: number, wanted: number): PretrainZeroError {
  return new PretrainZeroError('CONFIG_INVALID', `the topic ${topic} has ${found} partitions, not ${wanted}; delete it or name the run otherwise`, { key: 'kafka.partitions' });
}
