import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { deadLetterMessages, originalMessage } from '../../../../infra/topics/messages/dead-letter-message.ts';
import { encodeMessage } from '../../../../infra/topics/messages/encode-message.ts';
import { createMessageReader, isMessageOf, type MessageReader } from '../../../../infra/topics/messages/message-reader.ts';
import type { MessageCodec } from '../../../../infra/topics/messages/open-message-codec.ts';
import type { BusMessage, DeliveredMessage } from '../../../../operators/ports/message-bus.ts';
import { int53, utf8 } from '../../../../schemas/field.ts';
import { defineRecord, type RecordDefinition } from '../../../../schemas/record-definition.ts';
import { creditGrant, policyAnnouncement } from '../../../../schemas/records/control-messages.ts';
import { deadLetter } from '../../../../schemas/records/dead-letter.ts';
import { recordDefinitions } from '../../../../schemas/records/index.ts';
import { unreadableMessage } from '../../../../schemas/records/unreadable-message.ts';
import { arbitraryRecord } from '../../../arbitrary-record.ts';
import { delivered, testCodec } from './test-codec.ts';

const codec = await testCodec();
const grants: RecordDefinition[] = [creditGrant, unreadableMessage];

function grantReader(of: Partial<MessageCodec> = {}, maxWaitingBytes = 1e9): MessageReader<RecordDefinition> {
  return createMessageReader({ codec: { ...codec, ...of }, definitions: grants, overlap: 0, maxWaitingBytes });
}

const grant = { step: 3, firstSlot: 0, count: 8 };

function grantMessage(change: { epoch?: number; step?: number; id?: string } = {}): BusMessage {
  return encodeMessage(codec, creditGrant, { record: grant, letters: [] }, { partition: 0, epoch: 1, step: 3, id: '000003', ...change })[0]!;
}

/** A message of some 40 kB that does not compress, in parts of some 8 kB. */
const small: MessageCodec = { ...codec, maxMessageBytes: 10_000 };
function longMessage(id: string, change: { epoch?: number; step?: number; text?: string } = {}): BusMessage[] {
  const { epoch = 1, step = 3, text = '' } = change;
  const noise = Array.from({ length: 1200 }, (_, i) => createHash('sha256').update(`${id}/${i}`).digest('base64')).join('');
  const record = { cause: 'no-message', code: 'MESSAGE_FOREIGN', message: text, topic: 't', partition: 0, offset: '0', key: '', headers: [], value: noise } as const;
  return encodeMessage(small, unreadableMessage, { record, letters: [] }, { partition: 0, epoch, step, id });
}

function readAll(reader: MessageReader<RecordDefinition>, messages: readonly DeliveredMessage[]) {
  return messages.flatMap((message) => reader.read(message));
}

function refusalsOf(reader: MessageReader<RecordDefinition>, messages: readonly DeliveredMessage[]) {
  return readAll(reader, messages).flatMap((result) => (result.kind === 'refused' ? [result.refusal] : []));
}

describe('messages', () => {
  for (const definition of recordDefinitions as readonly (typeof creditGrant)[]) {
    test(`bring back a record and its dead letters: ${definition.name}`, () => {
      const envelopes = fc.record({ record: arbitraryRecord(definition), letters: fc.array(arbitraryRecord(deadLetter), { maxLength: 3 }) }, { noNullPrototype: true });
      fc.assert(
        fc.property(envelopes, fc.nat(), (envelope, step) => {
          const messages = encodeMessage(codec, definition, envelope, { partition: 2, epoch: 4, step: step % 1e6, id: '000012/03' });
          const reader = createMessageReader({ codec, definitions: [definition], overlap: 0 });
          const [received, ...more] = messages.length === 1 ? reader.read(delivered(messages, 70)[0]!) : [];
          assert.equal(more.length, 0);
          assert.ok(received?.kind === 'message');
          assert.deepEqual({ record: received.record, letters: received.letters }, envelope);
          assert.deepEqual(received.origin, { run: 'trial', epoch: 4, step: step % 1e6, id: '000012/03' });
          assert.deepEqual([received.firstOffset, received.lastOffset], [70n, 70n]);
        }),
        { numRuns: 15, seed: 5 },
      );
    });
  }

  test('are equal for equal records', () => {
    assert.deepEqual(longMessage('a'), longMessage('a'));
  });

  test('carry id as key, and run, epoch, step, id, record, version, part and checksum in headers', () => {
    const { key, headers, value } = grantMessage();
    assert.equal(key, '000003');
    const sha256 = createHash('sha256').update(value).digest('hex');
    assert.deepEqual(headers, {
      codec: 'pretrainzero-arrow-zstd/1', run: 'trial', epoch: '1', step: '3', id: '000003', record: 'credit_grant', version: '1', part: '1/1', bytes: String(value.length), sha256,
    });
  });

  test('of several records on one topic are told apart', () => {
    const announcement = { kind: 'end', version: 3, step: 3, startStep: 0, startPosition: null, weights: null, config: '' } as const;
    const [end] = encodeMessage(codec, policyAnnouncement, { record: announcement, letters: [] }, { partition: 0, epoch: 1, step: 3, id: 'end' });
    const reader = createMessageReader({ codec, definitions: [creditGrant, policyAnnouncement], overlap: 0 });
    const [first, second] = readAll(reader, delivered([grantMessage(), end!]));
    assert.ok(first?.kind === 'message' && isMessageOf(first, creditGrant));
    assert.equal(first.record.count, 8);
    assert.ok(second?.kind === 'message' && isMessageOf(second, policyAnnouncement));
    assert.equal(second.record.kind, 'end');
  });

  test('of a record that its definition does not allow are not made', () => {
    const record = { ...grant, count: 0.5 };
    assert.throws(() => encodeMessage(codec, creditGrant, { record, letters: [] }, { partition: 0, epoch: 1, step: 3, id: 'x' }), { code: 'RECORD_INVALID', message: /record.count: expected an integer/ });
  });
});

describe('split messages', () => {
  test('keep every part, its key and its headers within what a broker takes', () => {
    const parts = longMessage('000003/01');
    assert.ok(parts.length >= 5);
    for (const { value, headers, key } of parts) assert.ok(value.length + key.length + JSON.stringify(headers).length < 10_000);
  });

  test('are joined whatever lies between their parts, however often parts are repeated, and given with the range of their offsets', () => {
    const ids = ['000003/00', '000003/01', '000003/02'];
    const sources = ids.map((id) => longMessage(id));
    const turns = fc.array(fc.nat(2), { minLength: 30, maxLength: 60 });
    fc.assert(
      fc.property(turns, fc.infiniteStream(fc.nat(9)), (order, steps) => {
        // Each process sends its parts in order; at times it begins again from an earlier one, as after a redelivery.
        const at = [0, 0, 0];
        const sent: BusMessage[] = [];
        const back = steps[Symbol.iterator]();
        for (const who of order) {
          if ((back.next().value ?? 1) === 0) at[who] = 0;
          const part = sources[who]![at[who]!];
          if (part === undefined) continue;
          sent.push(part);
          at[who]! += 1;
        }
        const reader = grantReader(small);
        const whole = readAll(reader, delivered(sent)).map((result) => (result.kind === 'message' ? result : assert.fail(result.refusal.message)));
        const incomplete = ids.filter((id, who) => {
          const parts = new Set(sent.filter(({ key }) => key === id).map(({ headers }) => headers['part']));
          assert.equal(whole.some(({ origin }) => origin.id === id), parts.size === sources[who]!.length, id);
          return parts.size > 0 && parts.size < sources[who]!.length;
        });
        const firsts = incomplete.map((id) => sent.findIndex(({ key }) => key === id));
        assert.equal(reader.firstWaiting(), firsts.length === 0 ? null : BigInt(Math.min(...firsts)));
        for (const { origin, firstOffset, lastOffset } of whole) {
          assert.equal(sent[Number(firstOffset)]?.key, origin.id);
          assert.equal(sent[Number(lastOffset)]?.key, origin.id);
        }
      }),
      { numRuns: 150, seed: 6 },
    );
  });

  test('hold back the offset of their first part until they are whole', () => {
    const reader = grantReader(small);
    const [first, ...rest] = delivered(longMessage('000003/00'), 10);
    reader.read(first!);
    assert.equal(reader.firstWaiting(), 10n);
    readAll(reader, delivered([grantMessage()], 99));
    assert.equal(reader.firstWaiting(), 10n);
    readAll(reader, rest);
    assert.equal(reader.firstWaiting(), null);
  });

  test('that stay in pieces are reported once a later step or epoch shows that nothing more will come', () => {
    for (const later of [grantMessage({ step: 4 }), grantMessage({ epoch: 2, step: 1 })]) {
      const reader = grantReader(small);
      const pieces = delivered(longMessage('000003/00').slice(0, 2));
      assert.deepEqual(readAll(reader, [...pieces, ...delivered([grantMessage()], 5)]).map(({ kind }) => kind), ['message']);
      const [refused, message] = reader.read(delivered([later], 9)[0]!);
      assert.equal(message?.kind, 'message');
      assert.ok(refused?.kind === 'refused');
      assert.equal(refused.refusal.cause, 'parts-missing');
      assert.deepEqual(refused.refusal.messages, pieces);
      assert.equal(reader.firstWaiting(), null);
    }
  });

  test('wait for further steps where several are under way', () => {
    const reader = createMessageReader({ codec: small, definitions: grants, overlap: 1 });
    readAll(reader, delivered(longMessage('000003/00').slice(0, 2)));
    assert.deepEqual(refusalsOf(reader, delivered([grantMessage({ step: 4 })], 5)), []);
    assert.equal(refusalsOf(reader, delivered([grantMessage({ step: 5 })], 6)).length, 1);
  });

  test('that another process began to repeat are no loss', () => {
    const reader = grantReader(small);
    const parts = longMessage('000003/00');
    readAll(reader, delivered([...parts, ...parts.slice(0, 2)]));
    assert.equal(reader.firstWaiting(), null);
    assert.deepEqual(refusalsOf(reader, delivered([grantMessage({ step: 4 })], 99)), []);
  });

  test('with one id and other bytes are never mixed', () => {
    const reader = grantReader(small);
    const [a, b] = [longMessage('000003/00', { text: 'one' }), longMessage('000003/00', { text: 'two' })];
    const mixed = [...a.slice(0, 3), ...b.slice(0, 4), ...a.slice(3), ...b.slice(4)];
    const texts = readAll(reader, delivered(mixed)).map((result) => (result.kind === 'message' && isMessageOf(result, unreadableMessage) ? result.record.message : result.kind));
    assert.deepEqual(texts, ['one', 'two']);
  });

  test('do not take more room than allowed: the oldest are given up', () => {
    const reader = grantReader(small, 30_000);
    const pieces = Array.from({ length: 10 }, (_, i) => longMessage(`000003/0${i}`)[0]!);
    const refusals = refusalsOf(reader, delivered(pieces));
    assert.ok(refusals.length >= 6);
    assert.deepEqual(refusals[0]?.messages, delivered(pieces).slice(0, 1));
    assert.ok(refusals.every(({ cause }) => cause === 'parts-missing'));
    const empty = { ...pieces[0]!, value: new Uint8Array() };
    const flood = Array.from({ length: 200 }, (_, i) => ({ ...empty, headers: { ...empty.headers, id: String(i) } }));
    assert.ok(refusalsOf(reader, delivered(flood)).length >= 160, 'parts without a value take room too');
  });
});

describe('messages that cannot be used', () => {
  const good = grantMessage();
  const headers = (change: Record<string, string>): BusMessage => ({ ...good, headers: { ...good.headers, ...change } });
  const flipped = (at: number): BusMessage => ({ ...good, value: good.value.map((byte, i) => (i === at ? byte ^ 1 : byte)) });
  const cases: [why: string, message: BusMessage, cause: string, text: RegExp][] = [
    ['without headers', { ...good, headers: {} }, 'no-message', /no header codec/],
    ['of another codec', headers({ codec: 'avro' }), 'no-message', /codec is "avro"/],
    ['with a step that is no number', headers({ step: '-1' }), 'no-message', /step is "-1"/],
    ['with an impossible part', headers({ part: '3/2' }), 'no-message', /part is "3\/2"/],
    ['of another run', headers({ run: 'other' }), 'other-run', /run "other", not trial/],
    ['of a record that belongs elsewhere', headers({ record: 'paragraph' }), 'unknown-record', /"paragraph"; here belongs credit_grant/],
    ['of a newer version', headers({ version: '2' }), 'foreign-version', /credit_grant, version 2; version 1 is read here/],
    ['that claim to be huge', headers({ bytes: '999999999' }), 'too-large', /999999999 bytes/],
    ['with a byte changed', flipped(300), 'failed-checksum', /not those that were sent/],
    ['that were cut', { ...good, value: good.value.subarray(0, 50) }, 'failed-checksum', /50 bytes/],
    ['of another record than their headers say', headers({ record: 'unreadable_message' }), 'foreign-version', /holds credit_grant, version 1; unreadable_message, version 1, is read here/],
    ['that are no Arrow', withValue(headers({}), Buffer.from('not arrow')), 'broken-arrow', /no Arrow stream of credit_grant/],
  ];
  for (const [why, message, cause, text] of cases) {
    test(`are refused with their place: ${why}`, () => {
      const [refusal, ...more] = refusalsOf(grantReader(), delivered([message], 41));
      assert.equal(more.length, 0);
      assert.equal(refusal?.cause, cause);
      assert.match(refusal.message, text);
      assert.match(refusal.message, /^message 41 of trial.edge, partition 0: /);
      assert.deepEqual(refusal.messages, delivered([message], 41));
    });
  }

  test('are refused where Arrow is right and the record is not', () => {
    const loose = defineRecord('credit_grant', 1, '', { ...creditGrant.fields, count: int53('') });
    const kind = defineRecord('policy_announcement', 1, '', { ...policyAnnouncement.fields, kind: utf8('') });
    const record = { kind: 'restart', version: 1, step: 1, startStep: 0, startPosition: null, weights: null, config: '' };
    const [odd] = encodeMessage(codec, kind, { record, letters: [] }, { partition: 0, epoch: 1, step: 1, id: 'x' });
    const reader = createMessageReader({ codec, definitions: [policyAnnouncement], overlap: 0 });
    const [refused] = reader.read(delivered([odd!])[0]!);
    assert.ok(refused?.kind === 'refused');
    assert.equal(refused.refusal.cause, 'wrong-record');
    assert.match(refused.refusal.message, /record.kind: expected one of epoch, update, end, got "restart"/);
    const envelope = { record: { ...grant, count: 2 ** 40 }, letters: [] };
    const [wide] = encodeMessage(codec, loose, envelope, { partition: 0, epoch: 1, step: 1, id: 'x' });
    assert.equal(refusalsOf(grantReader(), delivered([wide!]))[0]?.cause, 'foreign-version');
  });

  test('are kept whole as dead letters', () => {
    for (const [, message] of cases) {
      const [original] = delivered([message], 41);
      const [refusal] = refusalsOf(grantReader(), [original!]);
      const letters = deadLetterMessages(codec, refusal!, 7);
      const reader = createMessageReader({ codec, definitions: [unreadableMessage], overlap: 0 });
      const [received] = letters.flatMap((letter) => reader.read(delivered([letter])[0]!));
      assert.ok(received?.kind === 'message');
      assert.equal(received.origin.epoch, 7);
      assert.equal(received.record.cause, refusal?.cause);
      const { value, ...rest } = originalMessage(received.record);
      assert.deepEqual(rest, { topic: 'trial.edge', partition: 0, offset: 41n, key: message.key, headers: message.headers });
      assert.deepEqual([...value], [...message.value]);
    }
  });

  test('larger than a dead letter may be are split, and come back', () => {
    const [original] = delivered([{ ...good, headers: {}, value: Buffer.concat(Array.from({ length: 300 }, (_, i) => createHash('sha256').update(`${i}`).digest())) }]);
    const [refusal] = refusalsOf(grantReader(small), [original!]);
    const letters = deadLetterMessages(small, refusal!, 1);
    assert.ok(letters.length > 1);
    const reader = createMessageReader({ codec: small, definitions: [unreadableMessage], overlap: 0 });
    const [received] = letters.flatMap((letter) => reader.read(delivered([letter])[0]!));
    assert.ok(received?.kind === 'message');
    assert.deepEqual([...originalMessage(received.record).value], [...original!.value]);
  });
});

/** A value with the length and checksum that its headers claim. */
function withValue(message: BusMessage, value: Uint8Array): BusMessage {
  return { ...message, value, headers: { ...message.headers, bytes: String(value.length), sha256: createHash('sha256').update(value).digest('hex') } };
}
