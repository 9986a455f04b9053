import type { GroupFigures, GroupOptions, PartitionReader } from '../../operators/ports/message-bus.ts';
import type { Chance, Chaos } from './chance.ts';
import { keyOf, placeOf, type MemoryLogs } from './memory-logs.ts';

export interface Member {
  readonly options: GroupOptions;
  readonly readers: Map<string, { readonly reader: PartitionReader; position: number; busy: boolean; gone: boolean }>;
  readonly fail: (error: unknown) => void;
  takes: Promise<unknown>;
  closed: boolean;
}

interface Group {
  members: Member[];
  readonly committed: Map<string, number>;
}

const mostMessagesATake = 5;

/** Groups, who has which partition, and the deliveries. */
export class MemoryGroups {
  readonly #groups = new Map<string, Group>();
  readonly #logs: MemoryLogs;
  readonly #chance: Chance;
  readonly #chaos: Chaos;

  constructor(logs: MemoryLogs, chance: Chance, chaos: Chaos) {
    this.#logs = logs;
    this.#chance = chance;
    this.#chaos = chaos;
  }

  join(member: Member): void {
    this.#groupOf(member).members.push(member);
    setImmediate(() => this.#assign(member.options.group, true));
  }

  commit(member: Member, topic: string, partition: number, offset: number): void {
    const key = keyOf(topic, partition);
    if (!member.readers.has(key) || member.closed) return;
    raise(this.#groupOf(member).committed, key, offset);
  }

  leave(member: Member): void {
    const group = this.#groupOf(member);
    group.members = group.members.filter((other) => other !== member);
    member.closed = true;
    for (const held of member.readers.values()) held.gone = true;
    this.#assign(member.options.group, true);
  }

  /** The member loses its share and does not know it yet; it comes back at the next turn. */
  lapse(member: Member): void {
    const { group: name } = member.options;
    const group = this.#groupOf(member);
    group.members = group.members.filter((other) => other !== member);
    for (const held of member.readers.values()) held.gone = true; // the take under way goes on, unknowing
    member.readers.clear();
    if (group.members.length > 0) this.#assign(name, true);
    setImmediate(() => {
      group.members.push(member);
      this.#assign(name, true);
    });
  }

  /** There is something new on a topic. */
  wake(topic: string): void {
    for (const { members } of this.#groups.values()) for (const member of members) for (const key of member.readers.keys()) if (placeOf(key).topic === topic) void this.#deliver(member, key);
  }

  delete(names: readonly string[]): void {
    for (const name of names) this.#groups.delete(name);
  }

  figures(name: string): GroupFigures {
    const { members, committed } = this.#named(name);
    return { group: name, members: members.length, committed: [...committed].map(([key, offset]) => ({ ...placeOf(key), offset: BigInt(offset) })) };
  }

  #groupOf({ options }: Member): Group {
    return this.#named(options.group);
  }

  #named(name: string): Group {
    const group = this.#groups.get(name) ?? { members: [], committed: new Map<string, number>() };
    this.#groups.set(name, group);
    return group;
  }

  /** Shares the partitions out anew; `keep` leaves those where they are that need not move. */
  #assign(name: string, keep: boolean): void {
    const group = this.#named(name);
    const wanted = new Map<string, Member>();
    for (const topic of new Set(group.members.flatMap(({ options }) => options.topics))) {
      this.#logs.partitionsOf(topic).forEach((_, partition) => {
        const candidates = group.members.filter(({ options }) => options.topics.includes(topic));
        const shift = keep ? 0 : this.#chance.below(candidates.length);
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
      const { topic, partition } = placeOf(key);
      const position = Math.max(group.committed.get(key) ?? 0, this.#logs.first(topic, partition));
      member.readers.set(key, { reader: member.options.open(topic, partition), position, busy: false, gone: false });
      void this.#deliver(member, key);
    }
  }

  async #deliver(member: Member, key: string): Promise<void> {
    const { group: name } = member.options;
    const held = member.readers.get(key);
    if (held === undefined || held.busy || member.closed) return;
    const { topic, partition } = placeOf(key);
    const log = this.#logs.partitionsOf(topic)[partition]!;
    held.busy = true;
    const isOpen = (): boolean => !held.gone && !member.closed;
    try {
      while (isOpen() && held.position < log.length) {
        await this.#chance.pause();
        if (!isOpen()) break;
        if (this.#chance.happens(this.#chaos.rebalance)) {
          this.#assign(name, false);
          continue;
        }
        if (this.#chance.happens(this.#chaos.redeliver)) {
          member.readers.delete(key);
          held.gone = true;
          held.reader.revoked();
          this.#assign(name, true);
          break;
        }
        const batch = log.slice(held.position, held.position + 1 + this.#chance.below(mostMessagesATake));
        const taking = held.reader.take(batch);
        member.takes = Promise.allSettled([member.takes, taking]);
        const offset = await taking;
        if (!isOpen()) break;
        held.position += batch.length;
        if (offset !== null) raise(this.#groupOf(member).committed, key, Number(offset));
      }
    } catch (error) {
      member.fail(error);
    } finally {
      held.busy = false;
    }
  }
}

function raise(committed: Map<string, number>, key: string, offset: number): void {
  committed.set(key, Math.max(committed.get(key) ?? 0, offset));
}
