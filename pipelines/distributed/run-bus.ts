/**
 * The topics of one run as its processes use them: records in, records out, in place of bytes. In: a bus and a codec. Out: publishing, reading and following by the names of
 * `run-topics.ts`. Messages that cannot be read are put on the topic `dead-letters` by whoever owns the topic's reading. Errors: the bus's, and RECORD_INVALID.
 */
import { deadLetterMessages } from '../../infra/topics/messages/dead-letter-message.ts';
import { encodeMessage, type MessageAddress } from '../../infra/topics/messages/encode-message.ts';
import { createMessageReader, type ReceivedMessage } from '../../infra/topics/messages/message-reader.ts';
import type { MessageCodec } from '../../infra/topics/messages/open-message-codec.ts';
import { createDeferred } from '../../operators/flow/deferred.ts';
import type { BusMessage, DeliveredMessage, GroupMember, MessageBus } from '../../operators/ports/message-bus.ts';
import type { Config } from '../../schemas/config/config.ts';
import type { RecordDefinition } from '../../schemas/record-definition.ts';
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import { runPrefix } from './run-topics.ts';

export interface MessagePlace {
  readonly epoch: number;
  readonly step: number;
  /** Tells it from others of its topic. */
  readonly id: string;
  /** @default 0 */
  readonly partition?: number;
  readonly letters?: readonly DeadLetter[];
}

/** Reads one partition. Out: what a delivered message completes; unreadable ones are put aside. */
export interface RecordReader<D extends RecordDefinition> {
  read(message: DeliveredMessage): Promise<ReceivedMessage<D>[]>;
  /** Lowest offset that must come again after a failure, of messages whose parts are not all there; null where none wait. */
  firstWaiting(): bigint | null;
}

export interface RunBus {
  readonly bus: MessageBus;
  readonly config: Config;
  topic(name: string): string;
  /** RECORD_INVALID where the record is not of its definition. */
  encode(definition: RecordDefinition, record: object, place: MessagePlace): BusMessage[];
  publish(topic: string, definition: RecordDefinition, record: object, place: MessagePlace): Promise<void>;
  /** @param putAside whether unreadable messages go to `dead-letters`: by one reader of a topic alone. */
  reader<D extends RecordDefinition>(definitions: readonly D[], putAside: boolean): RecordReader<D>;
  /** Every message of a topic from its beginning, to `onMessage` one after the other. */
  follow<D extends RecordDefinition>(topic: string, definitions: readonly D[], onMessage: (message: ReceivedMessage<D>) => void, putAside?: boolean): Promise<GroupMember>;
  /** All that lies on a topic of one partition now. */
  readAll<D extends RecordDefinition>(topic: string, definitions: readonly D[]): Promise<ReceivedMessage<D>[]>;
}

export interface RunBusOptions {
  readonly config: Config;
  readonly bus: MessageBus;
  readonly codec: MessageCodec;
  /** Told of each message that could not be read. */
  readonly onRefused?: (what: string) => void;
}

/** The definition is known at run time alone; the record is checked against it. */
type EncodeRecord = (codec: MessageCodec, definition: RecordDefinition, envelope: { readonly record: object; readonly letters: readonly DeadLetter[] }, address: MessageAddress) => BusMessage[];
const untyped: unknown = encodeMessage;
const encodeRecord = untyped as EncodeRecord;

export function createRunBus({ config, bus, codec, onRefused = () => undefined }: RunBusOptions): RunBus {
  const topic = (name: string): string => runPrefix(config) + name;
  const encode: RunBus['encode'] = (definition, record, { epoch, step, id, partition = 0, letters = [] }) =>
    encodeRecord(codec, definition, { record, letters }, { partition, epoch, step, id });
  const reader = <D extends RecordDefinition>(definitions: readonly D[], putAside: boolean): RecordReader<D> => {
    const messages = createMessageReader({ codec, definitions, overlap: config.grpo.maxStaleness });
    return {
      async read(message) {
        const received: ReceivedMessage<D>[] = [];
        for (const each of messages.read(message)) {
          if (each.kind === 'message') received.push(each);
          else if (putAside) {
            onRefused(each.refusal.message);
            await bus.publish(topic('dead-letters'), deadLetterMessages(codec, each.refusal, 0));
          }
        }
        return received;
      },
      firstWaiting: () => messages.firstWaiting(),
    };
  };
  return {
    bus,
    config,
    topic,
    encode,
    reader,
    publish: (name, definition, record, place) => bus.publish(topic(name), encode(definition, record, place)),
    async follow(name, definitions, onMessage, putAside = false) {
      const readers = new Map<number, RecordReader<(typeof definitions)[number]>>();
      const failed = createDeferred<never>();
      let before = Promise.resolve();
      const member = await bus.follow(topic(name), (message) => {
        const own = readers.get(message.partition) ?? reader(definitions, putAside);
        readers.set(message.partition, own);
        before = before.then(async () => (await own.read(message)).forEach(onMessage)).catch(failed.reject);
      });
      return { ...member, ended: Promise.race([member.ended, failed.promise]) };
    },
    async readAll(name, definitions) {
      const own = reader(definitions, false);
      const received = [];
      for (const message of await bus.readAll(topic(name))) received.push(...(await own.read(message)));
      return received;
    },
  };
}
