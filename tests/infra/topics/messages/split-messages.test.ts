import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createMessageReader, isMessageOf } from '../../../../infra/topics/messages/message-reader.ts';
import type { BusMessage } from '../../../../operators/ports/message-bus.ts';
import { unreadableMessage } from '../../../../schemas/records/unreadable-message.ts';
import { grantMessage, grantReader, grants, longMessage, readAll, refusalsOf, small } from './grant-messages.ts';
import { delivered } from './test-codec.ts';

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
