/**
 * A topic within one process. In: messages of one edge. Out: the same, in order, to one reader, and a count of what lies
 * between publishing and acknowledgement. Keeps no message itself once read. Bounded by the credits, not by the topic.
 * Can go wrong: RECORD_INVALID where `check` refuses a message; an acknowledgement too many is LEDGER_UNBALANCED.
 */
import type { Topic } from '../../operators/ports/topic.ts';
import { createChannel } from '../../operators/flow/channel.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { approximateBytes } from './approximate-bytes.ts';

export interface MemoryTopicOptions<T> {
  readonly name: string;
  /** Throws on a message that does not match the edge's record. */
  readonly check?: (message: T) => void;
}

export function createMemoryTopic<T>({ name, check }: MemoryTopicOptions<T>): Topic<T> {
  const channel = createChannel<T>(`the topic ${name}`);
  const waiting: number[] = []; // bytes of each unacknowledged message, oldest first
  let published = 0;
  let acknowledged = 0;
  let bytes = 0;
  let waitingBytes = 0;
  let peakWaiting = 0;
  return {
    name,
    publish(message) {
      check?.(message);
      const size = approximateBytes(message);
      waiting.push(size);
      published += 1;
      bytes += size;
      waitingBytes += size;
      peakWaiting = Math.max(peakWaiting, waiting.length);
      channel.next(message);
    },
    end: () => channel.complete(),
    messages: () => channel.messages,
    acknowledge() {
      const size = waiting.shift();
      if (size === undefined) throw new PretrainZeroError('LEDGER_UNBALANCED', `more messages of ${name} were acknowledged than published`);
      acknowledged += 1;
      waitingBytes -= size;
    },
    state: () => ({ name, published, acknowledged, bytes, waitingBytes, peakWaiting }),
  };
}
