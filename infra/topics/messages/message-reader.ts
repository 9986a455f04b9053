/**
 * Reads what one partition delivers. In: messages that may be anything, in order of offset. Out: the records in them, whole, with where they came from; and what could not
 * be used, with its cause. Never throws, whatever is delivered; holds no more than the parts of messages that are not whole yet, and those within `maxWaitingBytes`.
 * An epoch that is over is the reader's user's matter: such messages are read like others.
 */
import { createHash } from 'node:crypto';
import type { DeliveredMessage } from '../../../operators/ports/message-bus.ts';
import { fromArrowStream } from '../../../schemas/arrow/from-arrow-stream.ts';
import { checkColumnRecord } from '../../../schemas/check-record.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { RecordDefinition, RecordOf } from '../../../schemas/record-definition.ts';
import type { DeadLetter } from '../../../schemas/records/dead-letter.ts';
import type { RefusalCause } from '../../../schemas/records/unreadable-message.ts';
import { envelopeOf, type Envelope } from './envelope.ts';
import { fromHeaders, type MessageHeaders, type MessageOrigin } from './message-origin.ts';
import type { MessageCodec } from './open-message-codec.ts';
import { PartJoiner, type JoinedMessage } from './part-joiner.ts';
import type { Refusal } from './refusal.ts';

export interface ReceivedMessage<D extends RecordDefinition = RecordDefinition> {
  readonly kind: 'message';
  readonly definition: D;
  readonly record: RecordOf<D>;
  readonly letters: readonly DeadLetter[];
  readonly origin: MessageOrigin;
  /** Of its parts: between them there may be parts of others. */
  readonly firstOffset: bigint;
  readonly lastOffset: bigint;
}

export interface RefusedMessage {
  readonly kind: 'refused';
  readonly refusal: Refusal;
}

export interface MessageReaderOptions<D extends RecordDefinition> {
  readonly codec: MessageCodec;
  /** The records that belong on the topic. */
  readonly definitions: readonly D[];
  /** Steps that may be under way at once beside the newest: maxStaleness. A later message shows that parts of an earlier step will find no others. */
  readonly overlap: number;
  /** Most bytes of parts that wait for others; beyond it the oldest are given up. @default 256 MiB */
  readonly maxWaitingBytes?: number;
}

export interface MessageReader<D extends RecordDefinition> {
  /** Mostly one; none where further parts must come; several where it also shows that others will not. */
  read(message: DeliveredMessage): (ReceivedMessage<D> | RefusedMessage)[];
  /** Lowest offset of a part that waits for others: nothing from it on may be committed. Null where none waits. */
  firstWaiting(): bigint | null;
}

export function createMessageReader<D extends RecordDefinition>(options: MessageReaderOptions<D>): MessageReader<D> {
  const { codec, definitions, overlap, maxWaitingBytes = 2 ** 28 } = options;
  const joiner = new PartJoiner({ overlap, maxBytes: maxWaitingBytes });
  return {
    read(message) {
      let messages: readonly DeliveredMessage[] = [message];
      try {
        const headers = headersOf(message);
        const definition = definitionOf(headers, codec, definitions);
        const whole = joiner.add(headers, message);
        if (whole === null) return joiner.shed().map((parts) => missingParts(parts, 'there was no more room to wait for them'));
        messages = whole.messages;
        const { record, letters } = open(codec, definition, whole);
        const lost = joiner.pass(headers).map((parts) => missingParts(parts, `a message of epoch ${headers.epoch}, step ${headers.step} came after them`));
        return [...lost, { kind: 'message', definition, record, letters, origin: originOf(headers), ...offsetsOf(messages) }];
      } catch (error) {
        return [refused(error, messages)];
      }
    },
    firstWaiting: () => joiner.firstWaiting(),
  };
}

/** Narrows a message of a topic with several records. */
export function isMessageOf<D extends RecordDefinition>(message: ReceivedMessage, definition: D): message is ReceivedMessage<D> {
  return message.definition.name === definition.name;
}

class RefusedError extends Error {
  readonly refusalCause: RefusalCause;

  constructor(refusalCause: RefusalCause, cause: unknown) {
    super(String(cause), { cause });
    this.refusalCause = refusalCause;
  }
}

function attempt<T>(refusalCause: RefusalCause, what: () => T): T {
  try {
    return what();
  } catch (error) {
    throw error instanceof RefusedError ? error : new RefusedError(refusalCause, error);
  }
}

function refuse(refusalCause: RefusalCause, what: string, code: 'MESSAGE_FOREIGN' | 'RECORD_INVALID' = 'MESSAGE_FOREIGN'): never {
  throw new RefusedError(refusalCause, new PretrainZeroError(code, what));
}

function headersOf({ headers }: DeliveredMessage): MessageHeaders {
  return attempt('no-message', () => fromHeaders(headers));
}

function definitionOf<D extends RecordDefinition>({ run, record, version, bytes }: MessageHeaders, codec: MessageCodec, definitions: readonly D[]): D {
  if (run !== codec.run) refuse('other-run', `it is of the run ${JSON.stringify(run.slice(0, 100))}, not ${codec.run}`);
  const definition = definitions.find(({ name }) => name === record);
  if (definition === undefined) refuse('unknown-record', `it holds ${JSON.stringify(record.slice(0, 100))}; here belongs ${definitions.map(({ name }) => name).join(' or ')}`);
  if (version > definition.version) refuse('foreign-version', `it holds ${record}, version ${version}; version ${definition.version} is read here`);
  if (bytes > codec.maxDecodedBytes) refuse('too-large', `it comes to ${bytes} bytes; ${codec.maxDecodedBytes} are read`);
  return definition;
}

function open<D extends RecordDefinition>(codec: MessageCodec, definition: D, { headers, value }: JoinedMessage): Envelope<D> {
  const { bytes, sha256 } = headers;
  if (value.length !== bytes) refuse('failed-checksum', `it has ${value.length} bytes and was sent with ${bytes}`, 'RECORD_INVALID');
  if (createHash('sha256').update(value).digest('hex') !== sha256) refuse('failed-checksum', 'its bytes are not those that were sent', 'RECORD_INVALID');
  const row = envelopeOf(definition);
  const rows = attempt('broken-arrow', () => fromArrowStream(row, value, { maxBytes: codec.maxDecodedBytes, compression: codec.compression }));
  if (rows.length !== 1) refuse('wrong-record', `it holds ${rows.length} rows`, 'RECORD_INVALID');
  const [issue] = checkColumnRecord(row, rows[0] as unknown as object);
  if (issue !== undefined) refuse('wrong-record', `${definition.name}: ${issue.path}: ${issue.message}`, 'RECORD_INVALID');
  return rows[0] as unknown as Envelope<D>;
}

function refused(error: unknown, messages: readonly DeliveredMessage[]): RefusedMessage {
  const { refusalCause, cause: reason } = error instanceof RefusedError ? error : new RefusedError('broken-arrow', error);
  const code = reason instanceof PretrainZeroError ? reason.code : 'RECORD_INVALID';
  const cause = refusalCause === 'broken-arrow' && code === 'MESSAGE_FOREIGN' ? 'foreign-version' : refusalCause;
  const message = `${placeOf(messages)}: ${reason instanceof Error ? reason.message : String(reason)}`;
  return { kind: 'refused', refusal: { cause, code, message, messages } };
}

function missingParts(messages: readonly DeliveredMessage[], why: string): RefusedMessage {
  const of = messages[0]?.headers['part']?.split('/')[1] ?? '?';
  const message = `${placeOf(messages)}: only ${messages.length} of ${of} parts came; ${why}`;
  return { kind: 'refused', refusal: { cause: 'parts-missing', code: 'RECORD_INVALID', message, messages } };
}

function placeOf([first]: readonly DeliveredMessage[]): string {
  return first === undefined ? 'a message' : `message ${first.offset} of ${first.topic}, partition ${first.partition}`;
}

function originOf({ run, epoch, step, id }: MessageHeaders): MessageOrigin {
  return { run, epoch, step, id };
}

function offsetsOf(messages: readonly DeliveredMessage[]): { firstOffset: bigint; lastOffset: bigint } {
  let firstOffset = messages[0]!.offset;
  let lastOffset = firstOffset;
  for (const { offset } of messages) {
    if (offset < firstOffset) firstOffset = offset;
    if (offset > lastOffset) lastOffset = offset;
  }
  return { firstOffset, lastOffset };
}
