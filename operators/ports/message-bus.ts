/**
 * What carries messages between processes: named topics of numbered partitions, ordered within a partition, at least once. Kafka in fact; in tests also a
 * bus within the process. Errors: BROKER_UNREACHABLE, BROKER_REFUSED (authentication or authorisation), TOPIC_MISSING, MESSAGE_TOO_LARGE.
 */

export interface BusMessage {
  /** Where to: 0 up to the topic's number of partitions. */
  readonly partition: number;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Uint8Array;
}

/**
 * A message as it is read. `headers` and `value` may be anything: whoever writes to the topic chose them. A header that is no UTF-8 is read as Latin-1; a missing key or
 * value is empty.
 */
export interface DeliveredMessage extends BusMessage {
  readonly topic: string;
  readonly offset: bigint;
}

/** One partition in the hands of one member of a group, from its assignment until it is taken away. */
export interface PartitionReader {
  /**
   * The next messages, in order of offset. Resolves once they are taken in; nothing further is delivered meanwhile, and the member's heartbeat goes on however
   * long it takes. What it resolves to is the offset up to which the group is done with the partition (the first that must come again after a failure),
   * which is then committed; null commits nothing.
   */
  take(messages: readonly DeliveredMessage[]): Promise<bigint | null>;
  /** The partition was taken away, or the bus is closing: what was taken in and not committed will come to another. */
  revoked(): void;
}

export interface GroupOptions {
  readonly group: string;
  readonly topics: readonly string[];
  /** Called at each assignment. */
  readonly open: (topic: string, partition: number) => PartitionReader;
}

export interface GroupMember {
  /** Commits an offset outside `take`: what it was waiting for has become durable since. A no-op once the partition was taken away. */
  commit(topic: string, partition: number, offset: bigint): Promise<void>;
  /** Rejects with what ended the member, if anything but `close` did. */
  readonly ended: Promise<void>;
  /** Leaves the group, after the `take`s under way. */
  close(): Promise<void>;
}

export interface TopicSpec {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Kafka's topic settings, for example `retention.ms`, `cleanup.policy`, `max.message.bytes`. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface TopicFigures {
  readonly name: string;
  readonly partitions: readonly { readonly partition: number; readonly first: bigint; readonly next: bigint }[];
}

export interface GroupFigures {
  readonly group: string;
  readonly members: number;
  /** First offset not yet done with, by topic and partition; absent where nothing was committed. */
  readonly committed: readonly { readonly topic: string; readonly partition: number; readonly offset: bigint }[];
}

export interface MessageBus {
  /** Resolves once every in-sync replica has them, each exactly once even where an acknowledgement was lost. Order within a partition is the order of calls. */
  publish(topic: string, messages: readonly BusMessage[]): Promise<void>;
  /** Joins a group: its members share the partitions of its topics. */
  join(options: GroupOptions): Promise<GroupMember>;
  /** Reads a topic from its beginning and goes on, alone: every process gets every message. */
  follow(topic: string, onMessage: (message: DeliveredMessage) => void): Promise<GroupMember>;
  /** All that lies on a topic at the time of the call, partition by partition, oldest first. */
  readAll(topic: string): Promise<readonly DeliveredMessage[]>;
  /** Makes topics that are not there; resolves once they can be written to. CONFIG_INVALID where one is there with other partitions. */
  createTopics(topics: readonly TopicSpec[]): Promise<void>;
  deleteTopics(names: readonly string[]): Promise<void>;
  /** Removes what lies before an offset of each partition: nobody needs it any more. */
  trimTopic(name: string, before: readonly { readonly partition: number; readonly offset: bigint }[]): Promise<void>;
  deleteGroups(groups: readonly string[]): Promise<void>;
  /** Names that begin with a prefix. */
  topicNames(prefix: string): Promise<readonly string[]>;
  topicFigures(names: readonly string[]): Promise<readonly TopicFigures[]>;
  groupFigures(groups: readonly string[], topics: readonly string[]): Promise<readonly GroupFigures[]>;
  close(): Promise<void>;
}
