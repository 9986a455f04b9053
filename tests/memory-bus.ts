/**
 * A message bus within the process, for tests: topics, groups, commits and rebalances as Kafka has them, and its faults on demand under a seed. Every process of a test connects by
 * itself, so that it can be cut off as a kill would do it: what it calls then never comes back.
 *
 * `chaos` is the chance, at each delivery, of: a redelivery from the last commit, a rebalance of the whole group, a pause of some turns of the event loop; of a publish, of a
 * pause before or after the broker has it. Messages of one partition keep their order.
 */
import { drawInt, seedOf, uniforms } from '../operators/flow/seeds.ts';
import type { BusMessage, DeliveredMessage, GroupMember, GroupOptions, MessageBus, PartitionReader, TopicSpec } from '../operators/ports/message-bus.ts';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';

export interface Chaos {
  readonly seed: number;
  readonly redeliver?: number;
  readonly rebalance?: number;
  readonly pause?: number;
}

export interface Connection extends MessageBus {
  /** As a kill -9: nothing it calls comes back, its members are gone, others get their share. */
  cut(): void;
  /** As a pause past the session time-out: its members lose their share and do not know it yet; calls go on. */
  lapse(): void;
}

export interface MemoryBroker {
  connect(): Connection;
  /** Messages of a topic, in order of partition and offset. */
  messages(topic: string): readonly DeliveredMessage[];
  /** All that was ever published, in the order in which the broker had it. */
  readonly published: readonly DeliveredMessage[];
  readonly topics: ReadonlyMap<string, TopicSpec>;
}

interface Member {
  readonly options: GroupOptions;
  readonly connection: object;
  readonly readers: Map<string, { readonly reader: PartitionReader; position: number; busy: boolean; gone: boolean }>;
  readonly fail: (error: unknown) => void;
  takes: Promise<unknown>;
  closed: boolean;
}

const mostPauseTurns = 6;
const mostMessagesATake = 5;

export function createMemoryBroker(chaos: Chaos = { seed: 0 }): MemoryBroker {
  const draw = uniforms(seedOf(chaos.seed, 'memory-bus'));
  const topics = new Map<string, TopicSpec>();
  const logs = new Map<string, DeliveredMessage[][]>();
  const groups = new Map<string, { members: Member[]; committed: Map<string, number> }>();
  const firsts = new Map<string, number>(); // of trimmed partitions
  const followers = new Set<() => void>();
  const published: DeliveredMessage[] = [];
  const happens = (chance = 0): boolean => draw() < chance;
  const turns = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
  };
  const pause = (): Promise<void> => (happens(chaos.pause) ? turns(1 + drawInt(draw, mostPauseTurns)) : Promise.resolve());
  const logOf = (topic: string): DeliveredMessage[][] => {
    const log = logs.get(topic);
    if (log === undefined) throw new PretrainZeroError('TOPIC_MISSING', `there is no topic ${topic}`);
    return log;
  };
  const keyOf = (topic: string, partition: number): string => `${topic} ${partition}`;

  const groupOf = (name: string) => {
    const group = groups.get(name) ?? { members: [], committed: new Map<string, number>() };
    groups.set(name, group);
    return group;
  };

  /** Shares the partitions out anew; `keep` leaves those where they are that need not move. */
  const assign = (name: string, keep: boolean): void => {
    const group = groupOf(name);
    const wanted = new Map<string, Member>();
    for (const topic of new Set(group.members.flatMap(({ options }) => options.topics))) {
      logOf(topic).forEach((_, partition) => {
        const candidates = group.members.filter(({ options }) => options.topics.includes(topic));
        const shift = keep ? 0 : drawInt(draw, candidates.length);
        wanted.set(keyOf(topic, partition), candidates[(partition + shift) % candidates.length]!);
      });
    }
    for (const member of group.members) {
      for (const [key, held] of [...member.readers]) {
        if (keep && wanted.get(key) === member) continue;
        member.readers.delete(key);
        held.gone = true;
        held.reader.revoked();
      }
    }
    for (const [key, member] of wanted) {
      if (member.readers.has(key)) continue;
      const [topic = '', partition = '0'] = key.split(' ');
      member.readers.set(key, { reader: member.options.open(topic, Number(partition)), position: Math.max(group.committed.get(key) ?? 0, firsts.get(key) ?? 0), busy: false, gone: false });
      void deliver(name, member, key);
    }
  };

  const deliver = async (name: string, member: Member, key: string): Promise<void> => {
    const group = groupOf(name);
    const held = member.readers.get(key);
    if (held === undefined || held.busy || member.closed) return;
    const [topic = '', partition = '0'] = key.split(' ');
    const log = logOf(topic)[Number(partition)]!;
    held.busy = true;
    const isOpen = (): boolean => !held.gone && !member.closed;
    try {
      while (isOpen() && held.position < log.length) {
        await pause();
        if (!isOpen()) break;
        if (happens(chaos.rebalance)) {
          assign(name, false);
          continue;
        }
        if (happens(chaos.redeliver)) {
          member.readers.delete(key);
          held.gone = true;
          held.reader.revoked();
          assign(name, true);
          break;
        }
        const batch = log.slice(held.position, held.position + 1 + drawInt(draw, mostMessagesATake));
        const taking = held.reader.take(batch);
        member.takes = Promise.allSettled([member.takes, taking]);
        const offset = await taking;
        if (!isOpen()) break;
        held.position += batch.length;
        if (offset !== null) group.committed.set(key, Math.max(group.committed.get(key) ?? 0, Number(offset)));
      }
    } catch (error) {
      member.fail(error);
    } finally {
      held.busy = false;
    }
  };

  const wake = (topic: string): void => {
    for (const [name, { members }] of groups) for (const member of members) for (const key of member.readers.keys()) if (key.startsWith(`${topic} `)) void deliver(name, member, key);
    followers.forEach((follow) => follow());
  };

  const leave = (name: string, member: Member): void => {
    const group = groupOf(name);
    group.members = group.members.filter((other) => other !== member);
    member.closed = true;
    for (const held of member.readers.values()) held.gone = true;
    assign(name, true);
  };

  const connect = (): Connection => {
    const self = {};
    const mine: { name: string; member: Member }[] = [];
    let isCut = false;
    /** After the cut nothing is done, and nothing comes back. */
    const unlessCut = async <T>(work: () => T | Promise<T>): Promise<T> => {
      const isGone = (): boolean => isCut;
      if (isGone()) return new Promise<T>(() => undefined);
      const result = await work();
      return isGone() ? new Promise<T>(() => undefined) : result;
    };
    return {
      publish: (topic: string, messages: readonly BusMessage[]) =>
        unlessCut(async () => {
          await pause();
          if (isCut) return;
          const log = logOf(topic);
          for (const message of messages) {
            const partition = log[message.partition];
            if (partition === undefined) throw new PretrainZeroError('TOPIC_MISSING', `there is no partition ${message.partition} of ${topic}`);
            const delivered = { ...message, value: message.value.slice(), topic, offset: BigInt(partition.length) };
            partition.push(delivered);
            published.push(delivered);
          }
          wake(topic);
          await pause();
        }),
      join: (options) =>
        unlessCut(() => {
          options.topics.forEach(logOf);
          let fail: (error: unknown) => void = () => undefined;
          const ended = new Promise<void>((_, reject) => (fail = reject));
          ended.catch(() => undefined);
          const member: Member = { options, connection: self, readers: new Map(), fail, takes: Promise.resolve(), closed: false };
          const { group: name } = options;
          groupOf(name).members.push(member);
          mine.push({ name, member });
          setImmediate(() => assign(name, true));
          return {
            commit: (topic, partition, offset) =>
              unlessCut(() => {
                const key = keyOf(topic, partition);
                if (!member.readers.has(key) || member.closed) return;
                const { committed } = groupOf(name);
                committed.set(key, Math.max(committed.get(key) ?? 0, Number(offset)));
              }),
            ended,
            close: () =>
              unlessCut(async () => {
                if (member.closed) return;
                for (const held of member.readers.values()) held.reader.revoked();
                await member.takes;
                leave(name, member);
              }),
          };
        }),
      follow: (topic, onMessage) =>
        unlessCut((): GroupMember => {
          const log = logOf(topic);
          const positions = log.map((_, partition) => firsts.get(keyOf(topic, partition)) ?? 0);
          let open = true;
          let busy = false;
          const follow = async (): Promise<void> => {
            if (busy) return;
            busy = true;
            for (let partition = 0; open && !isCut && partition < log.length; ) {
              const message = log[partition]![positions[partition]!];
              if (message === undefined) partition += 1;
              else {
                positions[partition]! += 1;
                await pause();
                onMessage(message);
                partition = 0;
              }
            }
            busy = false;
          };
          const wakeUp = (): void => void follow();
          followers.add(wakeUp);
          setImmediate(wakeUp);
          return {
            commit: () => Promise.resolve(),
            ended: new Promise<void>(() => undefined),
            close: () => {
              open = false;
              followers.delete(wakeUp);
              return Promise.resolve();
            },
          };
        }),
      readAll: (topic) => unlessCut(() => logOf(topic).flatMap((log, partition) => log.slice(firsts.get(keyOf(topic, partition)) ?? 0))),
      createTopics: (specs) =>
        unlessCut(() => {
          for (const spec of specs) {
            if (topics.has(spec.name)) continue;
            topics.set(spec.name, spec);
            logs.set(spec.name, Array.from({ length: spec.partitions }, () => []));
          }
        }),
      deleteTopics: (names) =>
        unlessCut(() => {
          for (const name of names) {
            topics.delete(name);
            logs.delete(name);
          }
        }),
      trimTopic: (name, before) =>
        unlessCut(() => {
          for (const { partition, offset } of before) firsts.set(keyOf(name, partition), Math.max(firsts.get(keyOf(name, partition)) ?? 0, Number(offset)));
        }),
      deleteGroups: (names) => unlessCut(() => names.forEach((name) => groups.delete(name))),
      topicNames: (prefix) => unlessCut(() => [...topics.keys()].filter((name) => name.startsWith(prefix))),
      topicFigures: (names) =>
        unlessCut(() => names.map((name) => ({ name, partitions: logOf(name).map((log, partition) => ({ partition, first: BigInt(firsts.get(keyOf(name, partition)) ?? 0), next: BigInt(log.length) })) }))),
      groupFigures: (names) =>
        unlessCut(() =>
          names.map((group) => {
            const { members, committed } = groupOf(group);
            const offsets = [...committed].map(([key, offset]) => {
              const [topic = '', partition = '0'] = key.split(' ');
              return { topic, partition: Number(partition), offset: BigInt(offset) };
            });
            return { group, members: members.length, committed: offsets };
          }),
        ),
      close: () => unlessCut(() => mine.forEach(({ name, member }) => !member.closed && leave(name, member))),
      cut() {
        isCut = true;
        for (const { name, member } of mine) if (!member.closed) leave(name, member);
      },
      lapse() {
        for (const { name, member } of mine) {
          if (member.closed) continue;
          const group = groupOf(name);
          group.members = group.members.filter((other) => other !== member);
          for (const held of member.readers.values()) held.gone = true; // the take under way goes on, unknowing
          member.readers.clear();
          if (group.members.length > 0) assign(name, true);
          setImmediate(() => {
            group.members.push(member);
            assign(name, true);
          });
        }
      },
    };
  };
  return { connect, topics, published, messages: (topic) => logOf(topic).flat() };
}
