/** Whatever lies on a topic, a reader gives records or refusals. Seeds are fixed: a failure names the case that shows it. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { deadLetterMessages, originalMessage } from '../../infra/topics/messages/dead-letter-message.ts';
import { encodeMessage } from '../../infra/topics/messages/encode-message.ts';
import { createMessageReader } from '../../infra/topics/messages/message-reader.ts';
import type { BusMessage, DeliveredMessage } from '../../operators/ports/message-bus.ts';
import { checkRecord } from '../../schemas/check-record.ts';
import { maskGroup } from '../../schemas/records/edges.ts';
import { refusalCauses, unreadableMessage } from '../../schemas/records/unreadable-message.ts';
import { arbitraryRecord } from '../arbitrary-record.ts';
import { testCodec } from '../infra/topics/messages/test-codec.ts';

const cases = 2000;
const codec = await testCodec({ maxDecodedBytes: 4_000_000 });
const records = fc.sample(arbitraryRecord(maskGroup), { numRuns: 20, seed: 7 });
const seeds = records.map((record, i) => encodeMessage(codec, maskGroup, { record, letters: [] }, { partition: 0, epoch: 1, step: 1, id: `000001/${i}` })[0]!);

function resealed(message: BusMessage): BusMessage {
  const { value, headers } = message;
  return { ...message, headers: { ...headers, bytes: String(value.length), sha256: createHash('sha256').update(value).digest('hex') } };
}

const flip = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(([at, by]) => (value: Uint8Array) => value.map((byte, i) => (i === at % value.length ? byte ^ by : byte)));
const huge = fc.nat().map((at) => (value: Uint8Array) => value.map((byte, i) => (i >= (at % value.length) && i < (at % value.length) + 4 ? 0x7f : byte)));
const cut = fc.nat().map((at) => (value: Uint8Array) => value.subarray(0, at % value.length));
const doubled = fc.nat().map((at) => (value: Uint8Array) => Buffer.concat([value.subarray(0, at % value.length), value]));
const mutations = fc.array(fc.oneof({ weight: 5, arbitrary: flip }, huge, cut, doubled), { minLength: 1, maxLength: 3 });
const headerChange = fc.option(
  fc.tuple(fc.constantFrom('codec', 'run', 'epoch', 'step', 'id', 'record', 'version', 'part', 'bytes', 'sha256', '__proto__'), fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('0', '1', '2/2', '1/999999999', '999999999', '-1', '1e9'))),
);
const mutated = fc.record({ seed: fc.constantFrom(...seeds), mutations, headerChange, seal: fc.integer({ min: 0, max: 3 }) }).map(({ seed, mutations: changes, headerChange: header, seal }): BusMessage => {
  let value = seed.value;
  for (const change of changes) if (value.length > 0) value = change(value);
  const message = seal === 0 ? { ...seed, value } : resealed({ ...seed, value });
  return header === null ? message : { ...message, headers: Object.fromEntries([...Object.entries(message.headers), header]) };
});

describe('a message that was tampered with', () => {
  test(`is read or refused, ${cases} times over, and a refusal keeps it whole`, () => {
    const reader = createMessageReader({ codec, definitions: [maskGroup], overlap: 0, maxWaitingBytes: 100_000 });
    const found = new Map<string, number>();
    let offset = 0n;
    fc.assert(
      fc.property(mutated, (message) => {
        const delivered: DeliveredMessage = { ...message, topic: 'trial.mask-groups', offset: offset++ };
        for (const result of reader.read(delivered)) {
          found.set(result.kind === 'message' ? 'read' : result.refusal.cause, (found.get(result.kind === 'message' ? 'read' : result.refusal.cause) ?? 0) + 1);
          if (result.kind === 'message') assert.deepEqual(checkRecord(maskGroup, result.record), []);
          else requireWhole(result.refusal.messages, deadLetterMessages(codec, result.refusal, 1));
        }
      }),
      { numRuns: cases, seed: 11, endOnFailure: true },
    );
    for (const cause of ['no-message', 'other-run', 'unknown-record', 'failed-checksum', 'broken-arrow'] as const) assert.ok((found.get(cause) ?? 0) > 10, `${cause}: ${found.get(cause) ?? 0} of ${cases}`);
    for (const cause of found.keys()) assert.ok(cause === 'read' || (refusalCauses as readonly string[]).includes(cause));
  });

  test('cannot take memory by claiming to hold more than it does', () => {
    const [seed] = seeds;
    const reader = createMessageReader({ codec, definitions: [maskGroup], overlap: 0 });
    const before = process.memoryUsage().rss;
    for (let at = 0; at + 8 <= seed!.value.length; at += 4) {
      const value = Uint8Array.from(seed!.value);
      new DataView(value.buffer).setBigUint64(at, 0x7fffffffn, true);
      reader.read({ ...resealed({ ...seed!, value }), topic: 't', offset: BigInt(at) });
    }
    const grown = process.memoryUsage().rss - before;
    assert.ok(grown < 300e6, `${grown} bytes`);
  });
});

function requireWhole(messages: readonly DeliveredMessage[], letters: readonly BusMessage[]): void {
  const reader = createMessageReader({ codec, definitions: [unreadableMessage], overlap: 0 });
  const found = letters.flatMap((letter, i) => reader.read({ ...letter, topic: 'trial.dead-letters', offset: BigInt(i) }));
  const originals = found.map((result) => (result.kind === 'message' ? originalMessage(result.record) : assert.fail(result.refusal.message)));
  assert.deepEqual(originals.map(({ offset, value }) => [offset, [...value]]), messages.map(({ offset, value }) => [offset, [...value]]));
}
