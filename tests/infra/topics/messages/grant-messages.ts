/** Messages of a run for tests of what reads them: of one part, and of several. */
import { createHash } from 'node:crypto';
import { encodeMessage } from '../../../../infra/topics/messages/encode-message.ts';
import { createMessageReader, type MessageReader } from '../../../../infra/topics/messages/message-reader.ts';
import type { MessageCodec } from '../../../../infra/topics/messages/open-message-codec.ts';
import type { BusMessage, DeliveredMessage } from '../../../../operators/ports/message-bus.ts';
import type { RecordDefinition } from '../../../../schemas/record-definition.ts';
import { creditGrant } from '../../../../schemas/records/control-messages.ts';
import { unreadableMessage } from '../../../../schemas/records/unreadable-message.ts';
import { testCodec } from './test-codec.ts';

export const codec = await testCodec();
export const grants: RecordDefinition[] = [creditGrant, unreadableMessage];

export function grantReader(of: Partial<MessageCodec> = {}, maxWaitingBytes = 1e9): MessageReader<RecordDefinition> {
  return createMessageReader({ codec: { ...codec, ...of }, definitions: grants, overlap: 0, maxWaitingBytes });
}

export const grant = { step: 3, firstSlot: 0, count: 8 };

export function grantMessage(change: { epoch?: number; step?: number; id?: string } = {}): BusMessage {
  return encodeMessage(codec, creditGrant, { record: grant, letters: [] }, { partition: 0, epoch: 1, step: 3, id: '000003', ...change })[0]!;
}

/** A message of some 40 kB that does not compress, in parts of some 8 kB. */
export const small: MessageCodec = { ...codec, maxMessageBytes: 10_000 };
export function longMessage(id: string, change: { epoch?: number; step?: number; text?: string } = {}): BusMessage[] {
  const { epoch = 1, step = 3, text = '' } = change;
  const noise = Array.from({ length: 1200 }, (_, i) => createHash('sha256').update(`${id}/${i}`).digest('base64')).join('');
  const record = { cause: 'no-message', code: 'MESSAGE_FOREIGN', message: text, topic: 't', partition: 0, offset: '0', key: '', headers: [], value: noise } as const;
  return encodeMessage(small, unreadableMessage, { record, letters: [] }, { partition: 0, epoch, step, id });
}

export function readAll(reader: MessageReader<RecordDefinition>, messages: readonly DeliveredMessage[]) {
  return messages.flatMap((message) => reader.read(message));
}

export function refusalsOf(reader: MessageReader<RecordDefinition>, messages: readonly DeliveredMessage[]) {
  return readAll(reader, messages).flatMap((result) => (result.kind === 'refused' ? [result.refusal] : []));
}
