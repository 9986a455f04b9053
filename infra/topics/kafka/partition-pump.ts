/**
 * One partition in the hands of a member, from its assignment until it is taken away. In: what was fetched. Out: `take`s, one after the other, and commits, each above
 * the one before. While `take` is at work the next messages are fetched already; once as many wait here as `isFull` allows, nothing further is fetched of the partition. The member's other partitions and
 * its heartbeat go on.
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

/**
 * Two paragraphs of the paper's sizes. A partition that is full is paused, and the library is slow to go on with one: where no other is left to fetch it sleeps for `maxWaitMs`, and a fetch that is under way does not take
 * it in. Were nothing fetched while `take` is at work, each `take` could wait so long for its messages. It is this wait that is spared, not work: on the bench's edge, eight rounds in turns on a machine with no core to
 * spare, a paragraph took 67 ms of the processor with it and 56 without.
 */
const mostWaitingBytes = 2 ** 22;

export class PartitionPump {
  /** First offset not fetched yet; null before anything was. A member that joins again may be given messages once more. */
  next: bigint | null = null;
  readonly #reader: PartitionReader;
  readonly #world: PumpWorld;
  readonly #queue: DeliveredMessage[][] = [];
  #waitingBytes = 0;
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

  get isFull(): boolean {
    return this.#waitingBytes >= mostWaitingBytes;
  }

  push(messages: DeliveredMessage[], next: bigint): void {
    this.next = next;
    if (messages.length === 0 || this.#revoked) return;
    this.#queue.push(messages);
    this.#waitingBytes += bytesOf(messages);
    this.#running ??= this.#run();
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

  async #run(): Promise<void> {
    try {
      for (let messages = this.#queue.shift(); messages !== undefined; messages = this.#queue.shift()) {
        this.#taken(bytesOf(messages));
        const offset = await this.#reader.take(messages);
        if (offset !== null && !this.#revoked) this.commit(offset).catch((error: unknown) => this.#world.failed(error));
      }
      this.#running = null;
    } catch (error) {
      this.#running = null;
      if (!this.#revoked) this.#world.failed(error);
    }
  }

  #taken(bytes: number): void {
    const wasFull = this.isFull;
    this.#waitingBytes -= bytes;
    const room = !this.isFull;
    if (wasFull && room && !this.#revoked) this.#world.drained();
  }

  #empty(): void {
    this.#queue.length = 0;
    this.#waitingBytes = 0;
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

const messageOverheadBytes = 200;

function bytesOf(messages: readonly DeliveredMessage[]): number {
  return messages.reduce((sum, { value }) => sum + value.length + messageOverheadBytes, 0);
}
