/**
 * Puts the parts of split messages together again, for one partition. In: parts as they are delivered: in order, between those of other messages, repeated after a
 * redelivery or by another process that did the same work. Out: whole messages; and parts whose message can no longer come: a later message has shown that their step is
 * over, or there is no more room. Parts belong together where their headers agree in all but `part`, the checksum of the whole among them, so a repeated part is the
 * same part. Repeats of a message that was whole before are no loss and are let go unreported.
 */
import type { DeliveredMessage } from '../../../operators/ports/message-bus.ts';
import type { MessageHeaders } from './message-origin.ts';

export interface JoinedMessage {
  readonly headers: MessageHeaders;
  readonly value: Uint8Array;
  /** One a part, in order of the parts. */
  readonly messages: readonly DeliveredMessage[];
}

/** Parts that are not whole yet. */
interface Unfinished {
  readonly headers: MessageHeaders;
  readonly parts: Map<number, DeliveredMessage>;
  /** Of the parts' values. */
  bytes: number;
}

/** What a part takes beside its value, so that empty ones are not kept without end. */
const partOverheadBytes = 1000;

export interface PartJoinerOptions {
  /** Steps that may be under way at once: a message of step k shows that those before k - overlap are over. */
  readonly overlap: number;
  /** Most bytes of parts kept. */
  readonly maxBytes: number;
}

export class PartJoiner {
  readonly #options: PartJoinerOptions;
  readonly #unfinished = new Map<string, Unfinished>();
  /** Messages that were whole, as long as their step may be under way, and where they belong. */
  readonly #finished = new Map<string, MessageHeaders>();
  #bytes = 0;

  constructor(options: PartJoinerOptions) {
    this.#options = options;
  }

  /** The whole message where this part was the last one missing. */
  add(headers: MessageHeaders, message: DeliveredMessage): JoinedMessage | null {
    if (headers.parts === 1) return { headers, value: message.value, messages: [message] };
    const key = keyOf(headers);
    let unfinished = this.#unfinished.get(key);
    if (unfinished === undefined) this.#unfinished.set(key, (unfinished = { headers, parts: new Map(), bytes: 0 }));
    if (!unfinished.parts.has(headers.part)) {
      unfinished.parts.set(headers.part, message);
      unfinished.bytes += message.value.length;
      this.#bytes += message.value.length + partOverheadBytes;
    }
    if (unfinished.parts.size < headers.parts) return null;
    this.#remove(key, unfinished);
    const messages = partsOf(unfinished);
    return { headers, value: joined(messages, unfinished.bytes), messages };
  }

  /** A whole message was read: what is over by it, and what it makes a repeat of. */
  pass(headers: MessageHeaders): DeliveredMessage[][] {
    this.#finished.set(idOf(headers), headers);
    const isOver = ({ epoch, step }: MessageHeaders): boolean => epoch < headers.epoch || (epoch === headers.epoch && step < headers.step - this.#options.overlap);
    const lost: DeliveredMessage[][] = [];
    for (const [key, unfinished] of this.#unfinished) {
      if (!isOver(unfinished.headers)) continue;
      this.#remove(key, unfinished);
      if (!this.#finished.has(idOf(unfinished.headers))) lost.push(partsOf(unfinished));
    }
    for (const [id, finished] of this.#finished) if (isOver(finished)) this.#finished.delete(id);
    return lost;
  }

  /** Parts given up, oldest first, for those left to be within `maxBytes`. */
  shed(): DeliveredMessage[][] {
    const lost: DeliveredMessage[][] = [];
    for (const [key, unfinished] of this.#unfinished) {
      if (this.#bytes <= this.#options.maxBytes) break;
      this.#remove(key, unfinished);
      if (!this.#finished.has(idOf(unfinished.headers))) lost.push(partsOf(unfinished));
    }
    return lost;
  }

  /** Lowest offset of a part that still waits for others: it must come again after a failure. */
  firstWaiting(): bigint | null {
    let first: bigint | null = null;
    for (const unfinished of this.#unfinished.values()) {
      if (this.#finished.has(idOf(unfinished.headers))) continue;
      for (const { offset } of unfinished.parts.values()) if (first === null || offset < first) first = offset;
    }
    return first;
  }

  #remove(key: string, { bytes, parts }: Unfinished): void {
    this.#unfinished.delete(key);
    this.#bytes -= bytes + parts.size * partOverheadBytes;
  }
}

function keyOf({ epoch, step, id, record, version, parts, bytes, sha256 }: MessageHeaders): string {
  return JSON.stringify([epoch, step, id, record, version, parts, bytes, sha256]);
}

function idOf({ epoch, step, id, record }: MessageHeaders): string {
  return JSON.stringify([epoch, step, id, record]);
}

function partsOf({ parts }: Unfinished): DeliveredMessage[] {
  return [...parts].sort(([a], [b]) => a - b).map(([, message]) => message);
}

function joined(messages: readonly DeliveredMessage[], bytes: number): Uint8Array {
  const value = new Uint8Array(bytes);
  let at = 0;
  for (const message of messages) {
    value.set(message.value, at);
    at += message.value.length;
  }
  return value;
}
