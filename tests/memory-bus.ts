/**
 * A message bus within the process, for tests: topics, groups, commits and rebalances as Kafka has them, and its faults on demand under a seed. Every process of a test connects by
 * itself, so that it can be cut off as a kill would do it: what it calls then never comes back.
 *
 * `chaos` is the chance, at each delivery, of: a redelivery from the last commit, a rebalance of the whole group, a pause of some turns of the event loop; of a publish, of a
 * pause before or after the broker has it. Messages of one partition keep their order.
 */
import type { DeliveredMessage, GroupMember, MessageBus, TopicSpec } from '../operators/ports/message-bus.ts';
import { createChance, type Chance, type Chaos } from './memory-bus/chance.ts';
import { MemoryGroups, type Member } from './memory-bus/memory-groups.ts';
import { MemoryLogs } from './memory-bus/memory-logs.ts';

export type { Chaos };

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

export function createMemoryBroker(chaos: Chaos = { seed: 0 }): MemoryBroker {
  const logs = new MemoryLogs();
  const chance = createChance(chaos);
  const groups = new MemoryGroups(logs, chance, chaos);
  const followers = new Set<() => void>();
  return { connect: () => connect({ logs, chance, groups, followers }), topics: logs.topics, published: logs.published, messages: (topic) => logs.partitionsOf(topic).flat() };
}

interface Shared {
  readonly logs: MemoryLogs;
  readonly chance: Chance;
  readonly groups: MemoryGroups;
  /** Told when something was published. */
  readonly followers: Set<() => void>;
}

function connect({ logs, chance, groups, followers }: Shared): Connection {
  const mine: Member[] = [];
  let isCut = false;
  const open = (): Member[] => mine.filter(({ closed }) => !closed);
  /** After the cut nothing is done, and nothing comes back. */
  const unlessCut = async <T>(work: () => T | Promise<T>): Promise<T> => {
    const isGone = (): boolean => isCut;
    if (isGone()) return new Promise<T>(() => undefined);
    const result = await work();
    return isGone() ? new Promise<T>(() => undefined) : result;
  };
  return {
    publish: (topic, messages) =>
      unlessCut(async () => {
        await chance.pause();
        if (isCut) return;
        logs.append(topic, messages);
        groups.wake(topic);
        followers.forEach((follow) => follow());
        await chance.pause();
      }),
    join: (options) =>
      unlessCut((): GroupMember => {
        options.topics.forEach((topic) => logs.partitionsOf(topic));
        let fail: (error: unknown) => void = () => undefined;
        const ended = new Promise<void>((_, reject) => (fail = reject));
        ended.catch(() => undefined);
        const member: Member = { options, readers: new Map(), fail, takes: Promise.resolve(), closed: false };
        mine.push(member);
        groups.join(member);
        return {
          commit: (topic, partition, offset) => unlessCut(() => groups.commit(member, topic, partition, Number(offset))),
          ended,
          close: () =>
            unlessCut(async () => {
              if (member.closed) return;
              for (const held of member.readers.values()) held.reader.revoked();
              await member.takes;
              groups.leave(member);
            }),
        };
      }),
    follow: (topic, onMessage) =>
      unlessCut((): GroupMember => {
        const log = logs.partitionsOf(topic);
        const positions = log.map((_, partition) => logs.first(topic, partition));
        let isOpen = true;
        let busy = false;
        const follow = async (): Promise<void> => {
          if (busy) return;
          busy = true;
          for (let partition = 0; isOpen && !isCut && partition < log.length; ) {
            const message = log[partition]![positions[partition]!];
            if (message === undefined) partition += 1;
            else {
              positions[partition]! += 1;
              await chance.pause();
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
            isOpen = false;
            followers.delete(wakeUp);
            return Promise.resolve();
          },
        };
      }),
    readAll: (topic) => unlessCut(() => logs.left(topic)),
    createTopics: (specs) => unlessCut(() => logs.create(specs)),
    deleteTopics: (names) => unlessCut(() => logs.delete(names)),
    trimTopic: (name, before) => unlessCut(() => logs.trim(name, before)),
    deleteGroups: (names) => unlessCut(() => groups.delete(names)),
    topicNames: (prefix) => unlessCut(() => [...logs.topics.keys()].filter((name) => name.startsWith(prefix))),
    topicFigures: (names) => unlessCut(() => names.map((name) => logs.figures(name))),
    groupFigures: (names) => unlessCut(() => names.map((name) => groups.figures(name))),
    close: () => unlessCut(() => open().forEach((member) => groups.leave(member))),
    cut() {
      isCut = true;
      for (const member of open()) groups.leave(member);
    },
    lapse() {
      for (const member of open()) groups.lapse(member);
    },
  };
}
