import type { BusMessage, DeliveredMessage, TopicFigures, TopicSpec } from '../../operators/ports/message-bus.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';

/** Topics and what lies on them. TOPIC_MISSING where a topic or a partition is not there. */
export class MemoryLogs {
  readonly topics = new Map<string, TopicSpec>();
  /** All that was ever published, in the order in which it came. */
  readonly published: DeliveredMessage[] = [];
  readonly #logs = new Map<string, DeliveredMessage[][]>();
  readonly #firsts = new Map<string, number>(); // of trimmed partitions

  /** Messages by partition, trimmed ones among them: an offset is a place. */
  partitionsOf(topic: string): readonly (readonly DeliveredMessage[])[] {
    return this.#partitionsOf(topic);
  }

  /** First offset that is left. */
  first(topic: string, partition: number): number {
    return this.#firsts.get(keyOf(topic, partition)) ?? 0;
  }

  append(topic: string, messages: readonly BusMessage[]): void {
    const log = this.#partitionsOf(topic);
    for (const message of messages) {
      const partition = log[message.partition];
      if (partition === undefined) throw new PretrainZeroError('TOPIC_MISSING', `there is no partition ${message.partition} of ${topic}`);
      const delivered = { ...message, value: message.value.slice(), topic, offset: BigInt(partition.length) };
      partition.push(delivered);
      this.published.push(delivered);
    }
  }

  create(specs: readonly TopicSpec[]): void {
    for (const spec of specs) {
      if (this.topics.has(spec.name)) continue;
      this.topics.set(spec.name, spec);
      this.#logs.set(spec.name, Array.from({ length: spec.partitions }, () => []));
    }
  }

  delete(names: readonly string[]): void {
    for (const name of names) {
      this.topics.delete(name);
      this.#logs.delete(name);
    }
  }

  trim(topic: string, before: readonly { readonly partition: number; readonly offset: bigint }[]): void {
    for (const { partition, offset } of before) this.#firsts.set(keyOf(topic, partition), Math.max(this.first(topic, partition), Number(offset)));
  }

  /** What is left, by partition and offset. */
  left(topic: string): DeliveredMessage[] {
    return this.#partitionsOf(topic).flatMap((log, partition) => log.slice(this.first(topic, partition)));
  }

  figures(name: string): TopicFigures {
    return { name, partitions: this.#partitionsOf(name).map((log, partition) => ({ partition, first: BigInt(this.first(name, partition)), next: BigInt(log.length) })) };
  }

  #partitionsOf(topic: string): DeliveredMessage[][] {
    const log = this.#logs.get(topic);
    if (log === undefined) throw new PretrainZeroError('TOPIC_MISSING', `there is no topic ${topic}`);
    return log;
  }
}

/** One partition of a topic; topics' names have no spaces. */
export function keyOf(topic: string, partition: number): string {
  return `${topic} ${partition}`;
}

export function placeOf(key: string): { readonly topic: string; readonly partition: number } {
  const [topic = '', partition = '0'] = key.split(' ');
  return { topic, partition: Number(partition) };
}
