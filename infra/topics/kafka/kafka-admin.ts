/**
 * Topics and groups. In: their names. Out: what the port `MessageBus` says of each. Each call goes on through a broker's absence until `patienceMs`. Errors: those of
 * `kafkaError`; CONFIG_INVALID for a topic that is there with other partitions.
 */
import type { Admin } from 'kafkajs';
import { setTimeout as wait } from 'node:timers/promises';
import type { GroupFigures, TopicFigures, TopicSpec } from '../../../operators/ports/message-bus.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { KafkaClient } from './kafka-client.ts';
import { describeOperation, isConnection, isMissing, kafkaError, type KafkaOperation } from './kafka-error.ts';
import { withPatience } from './with-patience.ts';

export interface KafkaAdmin {
  createTopics(topics: readonly TopicSpec[]): Promise<void>;
  deleteTopics(names: readonly string[]): Promise<void>;
  trimTopic(name: string, before: readonly { readonly partition: number; readonly offset: bigint }[]): Promise<void>;
  deleteGroups(groups: readonly string[]): Promise<void>;
  topicNames(prefix: string): Promise<readonly string[]>;
  /** Null where there is no such topic. */
  partitionsOf(topic: string): Promise<number | null>;
  topicFigures(names: readonly string[]): Promise<readonly TopicFigures[]>;
  groupFigures(groups: readonly string[], topics: readonly string[]): Promise<readonly GroupFigures[]>;
  close(): Promise<void>;
}

const betweenMs = 100;
const noSuchGroup = 69; // GROUP_ID_NOT_FOUND

export async function openKafkaAdmin({ kafka, brokers, patienceMs }: KafkaClient): Promise<KafkaAdmin> {
  const admin = kafka.admin();
  const ask = async <T>(operation: Omit<KafkaOperation, 'brokers'>, request: () => Promise<T>): Promise<T> => {
    const late = (): Error => kafkaError(new Error(`no answer within ${patienceMs / 1000} s`), { ...operation, brokers });
    return withPatience(persist(request, operation), patienceMs, late);
  };
  // The library gives many requests up with the connection they were made on.
  const persist = async <T>(request: () => Promise<T>, operation: Omit<KafkaOperation, 'brokers'>): Promise<T> => {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      try {
        return await request();
      } catch (cause) {
        const error = kafkaError(cause, { ...operation, brokers });
        if (error.code !== 'BROKER_UNREACHABLE' || !isConnection(cause) || performance.now() > deadline) throw error;
      }
      await wait(betweenMs);
    }
  };
  await ask({ doing: 'connecting' }, () => admin.connect());
  const allNames = (): Promise<string[]> => ask({ doing: 'listing topics' }, () => admin.listTopics());
  const metadataOf = (topic: string) => ask({ doing: 'describing', topic }, () => admin.fetchTopicMetadata({ topics: [topic] }));

  async function partitionsOf(topic: string): Promise<number | null> {
    if (!(await allNames()).includes(topic)) return null;
    return (await metadataOf(topic)).topics[0]?.partitions.length ?? null;
  }

  /** A topic is there for a client once every partition has a leader. */
  async function awaitLeaders({ name, partitions }: TopicSpec): Promise<void> {
    for (;;) {
      const found = await metadataOf(name).catch((error: unknown) => (isMissing(error) ? null : Promise.reject(error as Error)));
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
      if (missing.length > 0) await ask({ doing: 'creating topics' }, () => createMissing(admin, missing));
      for (const topic of topics) await awaitLeaders(topic);
    },
    async deleteTopics(names) {
      const there = new Set(await allNames());
      const topics = names.filter((name) => there.has(name));
      if (topics.length === 0) return;
      await ask({ doing: 'deleting topics' }, () => admin.deleteTopics({ topics })).catch((error: unknown) => (isMissing(error) ? undefined : Promise.reject(error as Error)));
      while ((await allNames()).some((name) => topics.includes(name))) await wait(betweenMs);
    },
    trimTopic: (name, before) =>
      ask({ doing: 'trimming', topic: name }, () => admin.deleteTopicRecords({ topic: name, partitions: before.map(({ partition, offset }) => ({ partition, offset: String(offset) })) })),
    async deleteGroups(groups) {
      if (groups.length === 0) return;
      await ask({ doing: 'deleting groups' }, () => admin.deleteGroups([...groups])).catch((error: unknown) => {
        if (!failedGroups(error).every((code) => code === noSuchGroup)) throw error;
      });
    },
    topicNames: async (prefix) => (await allNames()).filter((name) => name.startsWith(prefix)).sort(),
    partitionsOf,
    topicFigures: async (names) => {
      const there = new Set(await allNames());
      return Promise.all(
        names.map(async (name) => {
          if (!there.has(name)) throw new PretrainZeroError('TOPIC_MISSING', `${describeOperation({ doing: 'describing', brokers, topic: name })}: it is not there`);
          const offsets = await ask({ doing: 'describing', topic: name }, () => admin.fetchTopicOffsets(name));
          const partitions = offsets.map(({ partition, low, high }) => ({ partition, first: BigInt(low), next: BigInt(high) }));
          return { name, partitions: partitions.sort((a, b) => a.partition - b.partition) };
        }),
      );
    },
    async groupFigures(groups, topics) {
      if (groups.length === 0) return [];
      const there = new Set(await allNames());
      const described = await ask({ doing: 'describing groups' }, () => admin.describeGroups([...groups]));
      return Promise.all(
        groups.map(async (group) => {
          const offsets = await ask({ doing: 'reading the offsets of', group }, () => admin.fetchOffsets({ groupId: group, topics: topics.filter((topic) => there.has(topic)) }));
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

/** Another process may make the same at the same time. */
async function createMissing(admin: Admin, topics: NewTopic[]): Promise<void> {
  try {
    await admin.createTopics({ topics, waitForLeaders: false });
  } catch (error) {
    const errors = error instanceof AggregateError || 'errors' in (error as object) ? (error as { errors: { type?: string }[] }).errors : [];
    const other = errors.find(({ type }) => type !== 'TOPIC_ALREADY_EXISTS');
    if (errors.length === 0) throw error;
    if (other !== undefined) throw other as Error;
  }
}

/** Error codes of groups that could not be deleted; that of an error of another kind is never `noSuchGroup`. */
function failedGroups(error: unknown): number[] {
  const { cause } = error as { cause?: { groups?: { errorCode: number }[] } };
  return cause?.groups?.map(({ errorCode }) => errorCode) ?? [-1];
}

function otherPartitions(topic: string, found: number, wanted: number): PretrainZeroError {
  return new PretrainZeroError('CONFIG_INVALID', `the topic ${topic} has ${found} partitions, not ${wanted}; delete it or name the run otherwise`, { key: 'kafka.partitions' });
}
