/**
 * A message that could not be used, on its way to the topic `dead-letters`. In: why it was refused. Out: messages that keep it whole (bytes, headers, topic, partition,
 * offset) with its cause, by the same codec as all others; `createMessageReader` with `unreadableMessage` reads them. Parts that were never joined become one each.
 */
import type { BusMessage, DeliveredMessage } from '../../../operators/ports/message-bus.ts';
import { unreadableMessage, type UnreadableMessage } from '../../../schemas/records/unreadable-message.ts';
import { encodeMessage } from './encode-message.ts';
import type { MessageCodec } from './open-message-codec.ts';
import type { Refusal } from './refusal.ts';

/** @param epoch of whoever refused it */
export function deadLetterMessages(codec: MessageCodec, refusal: Refusal, epoch: number): BusMessage[] {
  return refusal.messages.flatMap((message) => {
    const id = `${message.topic}/${message.partition}/${message.offset}`;
    return encodeMessage(codec, unreadableMessage, { record: toRecord(refusal, message), letters: [] }, { partition: 0, epoch, step: 0, id });
  });
}

function toRecord({ cause, code, message: why }: Refusal, { topic, partition, offset, key, headers, value }: DeliveredMessage): UnreadableMessage {
  return {
    cause,
    code,
    message: wellFormed(why),
    topic,
    partition,
    offset: String(offset),
    key: wellFormed(key),
    headers: Object.entries(headers).map(([name, text]) => ({ name: wellFormed(name), value: wellFormed(text) })),
    value: Buffer.from(value).toString('base64'),
  };
}

/** The message as it lay on its topic. */
export function originalMessage({ topic, partition, offset, key, headers, value }: UnreadableMessage): DeliveredMessage {
  const named = Object.fromEntries(headers.map((header) => [header.name, header.value]));
  return { topic, partition, offset: BigInt(offset), key, headers: named, value: Buffer.from(value, 'base64') };
}

/** Lone surrogates, which UTF-8 cannot hold, give way to the replacement character. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
