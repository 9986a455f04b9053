import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { deadLetterMessages, originalMessage } from '../../../../infra/topics/messages/dead-letter-message.ts';
import { encodeMessage } from '../../../../infra/topics/messages/encode-message.ts';
import { createMessageReader, isMessageOf } from '../../../../infra/topics/messages/message-reader.ts';
import type { BusMessage } from '../../../../operators/ports/message-bus.ts';
import { int53, utf8 } from '../../../../schemas/field.ts';
import { defineRecord } from '../../../../schemas/record-definition.ts';
import { creditGrant, policyAnnouncement } from '../../../../schemas/records/control-messages.ts';
import { deadLetter } from '../../../../schemas/records/dead-letter.ts';
import { recordDefinitions } from '../../../../schemas/records/index.ts';
import { unreadableMessage } from '../../../../schemas/records/unreadable-message.ts';
import { arbitraryRecord } from '../../../arbitrary-record.ts';
import { codec, grant, grantMessage, grantReader, longMessage, readAll, refusalsOf, small } from './grant-messages.ts';
import { delivered } from './test-codec.ts';

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
