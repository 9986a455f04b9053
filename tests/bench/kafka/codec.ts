/**
 * What the message codec costs, at the paper's size, and how it stands beside the bare client that moves the same bytes through a broker. Out: processor time of encoding and
 * decoding as MB/s of plain Arrow bytes and as rollouts/s, bytes of a message, and what publishing and reading take with and without the codec.
 */
import type { BusMessage, MessageBus } from '../../../operators/ports/message-bus.ts';
import { encodeMessage } from '../../../infra/topics/messages/encode-message.ts';
import { envelopeOf } from '../../../infra/topics/messages/envelope.ts';
import { createMessageReader } from '../../../infra/topics/messages/message-reader.ts';
import { openMessageCodec, type MessageCodec } from '../../../infra/topics/messages/open-message-codec.ts';
import { toArrowStream } from '../../../schemas/arrow/to-arrow-stream.ts';
import { predictionGroups } from '../../../schemas/records/edges.ts';
import type { BenchRow } from '../bench-row.ts';
import { paperSize, realisticGroups, rolloutsOfGroup } from './realistic-groups.ts';

const paragraphs = 8;
const rounds = 3;

/** @param bus on a broker that takes messages of `maxMessageBytes` */
export async function benchCodec(bus: MessageBus, maxMessageBytes: number): Promise<BenchRow[]> {
  const codec = await openMessageCodec({ run: 'bench', maxMessageBytes, compressionLevel: 1 });
  const records = Array.from({ length: paragraphs }, (_, slot) => realisticGroups(slot, paperSize));
  const encode = (): BusMessage[][] => records.map((record, slot) => encodeMessage(codec, predictionGroups, { record, letters: [] }, { partition: 0, epoch: 1, step: 1, id: `000001/${slot}` }));
  const messages = encode();
  const plainBytes = records.reduce((sum, record) => sum + toArrowStream(envelopeOf(predictionGroups), [{ record, letters: [] }] as readonly unknown[] as readonly never[]).length, 0);
  const sentBytes = messages.flat().reduce((sum, { value }) => sum + value.length, 0);
  const encoding = await best(() => {
    encode();
    return Promise.resolve();
  });
  const decoding = await best(() => {
    decode(codec, messages);
    return Promise.resolve();
  });
  const bare = await moved(bus, () => messages, () => undefined);
  const coded = await moved(bus, encode, (all) => decode(codec, [all]));
  const rollouts = paragraphs * rolloutsOfGroup;
  const rates = (name: string, ms: number): BenchRow[] => [
    { name: `${name}, plain Arrow bytes`, value: plainBytes / 1e3 / ms, unit: 'MB/s' },
    { name: `${name}, rollouts`, value: (1e3 * rollouts) / ms, unit: '/s' },
  ];
  return [
    { name: 'a message, plain', value: plainBytes / paragraphs / 1e6, unit: 'MB', note: `${rolloutsOfGroup} rollouts of ${paperSize.responseTokens} tokens` },
    { name: 'a message, sent', value: sentBytes / paragraphs / 1e6, unit: 'MB', note: `in ${messages[0]!.length} parts of at most ${maxMessageBytes / 1e6} MB` },
    ...rates('encode', encoding.cpuMs),
    ...rates('decode', decoding.cpuMs),
    { name: 'publish and read, bare client', value: sentBytes / 1e3 / bare.wallMs, unit: 'MB/s', note: 'the same bytes; wall clock' },
    { name: 'publish and read, with the codec', value: sentBytes / 1e3 / coded.wallMs, unit: 'MB/s', note: 'encoding, then both ways, then decoding, one after the other in one process' },
    { name: 'of the bare client', value: bare.wallMs / coded.wallMs, unit: '' },
  ];
}

function decode(codec: MessageCodec, messages: readonly (readonly BusMessage[])[]): void {
  const reader = createMessageReader({ codec, definitions: [predictionGroups], overlap: 0 });
  let offset = 0n;
  for (const message of messages.flat()) {
    for (const result of reader.read({ ...message, topic: 'bench', offset: offset++ })) if (result.kind === 'refused') throw new Error(result.refusal.message);
  }
}

let topics = 0;

/** Through a new topic and back: published, and followed as they come. The making of the topic and the joining of the reader do not count. */
async function moved(bus: MessageBus, make: () => BusMessage[][], read: (all: readonly BusMessage[]) => void): Promise<Cost> {
  const name = `bench.codec.${Date.now()}.${topics++}`;
  await bus.createTopics([{ name, partitions: 1, replicationFactor: 1, settings: {} }]);
  let found: BusMessage[] = [];
  let enough = 0;
  let done: () => void = () => undefined;
  const follower = await bus.follow(name, (message) => {
    found.push(message);
    if (found.length === enough) done();
  });
  const cost = await best(async () => {
    found = [];
    const messages = make();
    enough = messages.flat().length;
    const all = new Promise<void>((resolve) => (done = resolve));
    await Promise.all(messages.map((each) => bus.publish(name, each)));
    await all;
    read(found);
  });
  await follower.close();
  await bus.deleteTopics([name]);
  return cost;
}

interface Cost {
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** The least of several rounds: the machine does other things. */
async function best(work: () => Promise<void>): Promise<Cost> {
  let least = { cpuMs: Infinity, wallMs: Infinity };
  for (let round = 0; round < rounds; round++) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    await work();
    const { user, system } = process.cpuUsage(cpu);
    least = { cpuMs: Math.min(least.cpuMs, (user + system) / 1e3), wallMs: Math.min(least.wallMs, performance.now() - start) };
  }
  return least;
}
