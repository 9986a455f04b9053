/**
 * One partition in the hands of a member, from its assignment until it is taken away. In: what was fetched. Out: `take`s, one after the other, and commits, each above
 * the one before. What was fetched while `take` is at work waits here, and nothing further is fetched of the partition before it is taken. The member's other partitions and its heartbeat go on.
 */
import type { DeliveredMessage, PartitionReader } from '../../../operators/ports/message-bus.ts';
import { deferred } from './deferred.ts';

export interface PumpWorld {
  commit(offset: bigint): Promise<void>;
  /** When a rejected commit is to be tried again: once the member has joined once more, or at the end of a promise. Null: never. */
  again(error: unknown): 'rejoined' | Promise<void> | null;
  /** There is room again. */
  drained(): void;
  failed(error: unknown): void;
}

export class PartitionPump {
  /** First offset not fetched yet; null before anything was. A member that joins again may be given messages once more. */
  next: bigint | null = null;
  readonly #reader: PartitionReader;
  readonly #world: PumpWorld;
  readonly #queue: DeliveredMessage[][] = [];
  #running: Promise<void> | null = null;
  #commits: Promise<void> = Promise.resolve();
  #wanted: bigint | null = null;
  #committed: bigint | null = null;
  #revoked = false;
  #rejoined = deferred();

  constructor(reader: PartitionReader, world: PumpWorld) {
    this.#reader = reader;
    this.#world = world;
  }

  /** Whether something waits. */
  get isFull(): boolean {
    return this.#queue.length > 0;
  }

  push(messages: DeliveredMessage[], next: bigint): void {
    this.next = next;
    if (messages.length === 0 || this.#revoked) return;
    if (this.#running === null) this.#running = this.#run(messages);
    else this.#queue.push(messages);
  }

  /** Resolves once the offset, or one above it, is committed or the partition was taken away. */
  commit(offset: bigint): Promise<void> {
    if (this.#wanted === null || offset > this.#wanted) this.#wanted = offset;
    this.#commits = this.#commits.then(() => this.#commitWanted());
    return this.#commits;
  }

  /** The member has joined again and kept the partition. */
  rejoined(): void {
    this.#rejoined.resolve();
    this.#rejoined = deferred();
  }

  /** The partition was taken away. */
  revoke(): void {
    if (this.#revoked) return;
    this.#revoked = true;
    this.#empty();
    this.#rejoined.resolve();
    this.#reader.revoked();
  }

  /** The `take` under way and the commits, without what waits behind them. */
  async settle(): Promise<void> {
    this.#empty();
    await this.#running;
    await this.#commits;
  }

  async #run(first: DeliveredMessage[]): Promise<void> {
    try {
      for (let messages: DeliveredMessage[] | undefined = first; messages !== undefined; messages = this.#next()) {
        const offset = await this.#reader.take(messages);
        if (offset !== null && !this.#revoked) this.commit(offset).catch((error: unknown) => this.#world.failed(error));
      }
      this.#running = null;
    } catch (error) {
      this.#running = null;
      if (!this.#revoked) this.#world.failed(error);
    }
  }

  #next(): DeliveredMessage[] | undefined {
    const messages = this.#queue.shift();
    if (messages !== undefined && !this.isFull && !this.#revoked) this.#world.drained();
    return messages;
  }

  #empty(): void {
    this.#queue.length = 0;
  }

  async #commitWanted(): Promise<void> {
    while (!this.#revoked && this.#wanted !== null && (this.#committed === null || this.#wanted > this.#committed)) {
      const offset = this.#wanted;
      const rejoined = this.#rejoined.promise;
      try {
        await this.#world.commit(offset);
        this.#committed = offset;
      } catch (error) {
        const again = this.#world.again(error);
        if (again === null) throw error;
        await (again === 'rejoined' ? rejoined : again);
      }
    }
  }
}
