/** One partition of scored paragraphs as the log sees it. In: what was read, in order of offset. Out: the offset before which everything is durable or of an epoch that is over. Pure. */

interface LoggedMessage {
  readonly offset: bigint;
  readonly epoch: number;
  readonly step: number;
}

export class LoggedPartition {
  #waiting: LoggedMessage[] = [];
  readonly #firstPart: () => bigint | null;
  #next = 0n;

  /** @param firstPart lowest offset of a message whose parts are not all there. */
  constructor(firstPart: () => bigint | null) {
    this.#firstPart = firstPart;
  }

  add(message: LoggedMessage): void {
    this.#waiting.push(message);
  }

  read(offset: bigint): void {
    this.#next = offset + 1n;
  }

  /** @param step the last that is durable in `epoch`. */
  doneUpTo(epoch: number, step: number): bigint {
    this.#waiting = this.#waiting.filter((message) => message.epoch > epoch || (message.epoch === epoch && message.step > step));
    const first = this.#waiting[0]?.offset ?? this.#next;
    const part = this.#firstPart();
    return part !== null && part < first ? part : first;
  }
}
