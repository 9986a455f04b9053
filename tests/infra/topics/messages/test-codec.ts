import { openMessageCodec, type MessageCodecOptions } from '../../../../infra/topics/messages/open-message-codec.ts';
import type { BusMessage, DeliveredMessage } from '../../../../operators/ports/message-bus.ts';

export function testCodec(options: Partial<MessageCodecOptions> = {}) {
  return openMessageCodec({ run: 'trial', maxMessageBytes: 1_000_000, compressionLevel: 1, ...options });
}

/** As a broker gives them out, from an offset on. */
export function delivered(messages: readonly BusMessage[], from = 0): DeliveredMessage[] {
  return messages.map((message, i) => ({ ...message, topic: 'trial.edge', offset: BigInt(from + i) }));
}
