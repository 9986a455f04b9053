import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { BusMessage, DeliveredMessage } from '../../../operators/ports/message-bus.ts';

export function deliveredMessage(topic: string, partition: number, { key, value, headers, offset }: KafkaMessage): DeliveredMessage {
  return { topic, partition, offset: BigInt(offset), key: textOf(key ?? empty), headers: headersOf(headers ?? {}), value: value ?? empty };
}

const empty = Buffer.alloc(0);

function headersOf(headers: IHeaders): Record<string, string> {
  const texts = Object.entries(headers).map(([name, value]) => {
    const last = Array.isArray(value) ? value.at(-1) : value;
    return [name, typeof last === 'string' ? last : textOf(last ?? empty)] as const;
  });
  return Object.fromEntries(texts);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

/** What a record adds to key, headers and value, generously: lengths, offset, timestamp, and its share of the batch's header. */
const framingBytes = 100;
const headerFramingBytes = 10;

/** Bytes that a message takes on its way, at most. */
export function messageBytes({ key, headers, value }: BusMessage): number {
  let bytes = framingBytes + Buffer.byteLength(key) + value.length;
  for (const [name, text] of Object.entries(headers)) bytes += headerFramingBytes + Buffer.byteLength(name) + Buffer.byteLength(text);
  return bytes;
}
