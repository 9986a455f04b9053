/**
 * A record on its way to a topic. In: a definition, the record with its dead letters, where it belongs and where it goes. Out: one message, or several where it is larger
 * than a broker takes: an Arrow IPC stream of one row, its buffers compressed with zstd, which any Arrow reader takes as it is (or once its parts are put one after the
 * other). Equal records give equal messages. Errors: RECORD_INVALID for a record that its definition does not allow; MESSAGE_TOO_LARGE.
 */
import { createHash } from 'node:crypto';
import type { BusMessage } from '../../../operators/ports/message-bus.ts';
import { toArrowStream } from '../../../schemas/arrow/to-arrow-stream.ts';
import { checkRecord } from '../../../schemas/check-record.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { RecordDefinition } from '../../../schemas/record-definition.ts';
import type { DeadLetter } from '../../../schemas/records/dead-letter.ts';
import { envelopeOf } from './envelope.ts';
import { toHeaders, type MessageOrigin } from './message-origin.ts';
import type { MessageCodec } from './open-message-codec.ts';

export interface MessageAddress extends Omit<MessageOrigin, 'run'> {
  readonly partition: number;
  /** @default the id */
  readonly key?: string;
}

/** Headers, key and framing of a message, generously: ids are short. */
const framingBytes = 2048;

/** The record is checked against its definition at run time, which may be known no earlier. */
export function encodeMessage(codec: MessageCodec, definition: RecordDefinition, envelope: { readonly record: object; readonly letters: readonly DeadLetter[] }, address: MessageAddress): BusMessage[] {
  const { partition, epoch, step, id, key = id } = address;
  const row = envelopeOf(definition);
  const [issue] = checkRecord(row, envelope);
  if (issue !== undefined) throw new PretrainZeroError('RECORD_INVALID', `${definition.name}: ${issue.path}: ${issue.message}`, { id });
  const value = toArrowStream(row, [envelope] as readonly unknown[] as readonly never[], codec.compression);
  if (value.length > codec.maxDecodedBytes) throw new PretrainZeroError('MESSAGE_TOO_LARGE', `${definition.name} comes to ${value.length} bytes; ${codec.maxDecodedBytes} are taken`, { id });
  const partBytes = codec.maxMessageBytes - framingBytes - 2 * Buffer.byteLength(key + id + codec.run);
  if (partBytes < framingBytes) throw new PretrainZeroError('MESSAGE_TOO_LARGE', `headers leave no room for a value within ${codec.maxMessageBytes} bytes`, { id });
  const parts = Math.max(1, Math.ceil(value.length / partBytes));
  const whole = { run: codec.run, epoch, step, id, record: definition.name, version: definition.version, parts, bytes: value.length, sha256: createHash('sha256').update(value).digest('hex') };
  return Array.from({ length: parts }, (_, i) => ({
    partition,
    key,
    headers: toHeaders({ ...whole, part: i + 1 }),
    value: value.subarray(i * partBytes, (i + 1) * partBytes),
  }));
}
