import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { protobufMessage, readVarintField } from '../../../../infra/telemetry/tensorboard/protobuf.ts';
import { eventStep, scalarEvent, versionEvent } from '../../../../infra/telemetry/tensorboard/scalar-event.ts';
import { frameRecord } from '../../../../infra/telemetry/tensorboard/tf-records.ts';
import { decodeEvents } from './decode-events.ts';

test('the first event is byte for byte what TensorFlow writes', () => {
  const expected = Buffer.concat([Buffer.from([0x09]), Buffer.from(new Float64Array([1.5]).buffer), Buffer.from([0x1a, 13]), Buffer.from('brain.Event:2')]);
  assert.deepEqual(Buffer.from(versionEvent(1500)), expected);
  assert.equal(eventStep(versionEvent(1500)), null);
});

test('scalars come back with tag, step and time, as float32', () => {
  const name = fc.stringMatching(/^[a-zäß€_/]{1,200}$/);
  fc.assert(
    fc.property(fc.nat(2 ** 31 - 1), fc.array(fc.tuple(name, fc.float({ noNaN: true })), { maxLength: 5 }), (step, values) => {
      const scalars = values.map(([tag, value]) => ({ name: tag, attributes: { role: 'r' }, unit: '1', doc: `About ${tag}.`, value }));
      const event = scalarEvent({ step, wallTimeMs: 1_700_000_000_123, scalars });
      assert.equal(eventStep(event), step);
      assert.deepEqual(
        decodeEvents(Buffer.from(frameRecord(event))),
        values.map(([tag, value]) => ({ step, wallTime: 1_700_000_000.123, tag: `${tag}/r`, value })),
      );
    }),
  );
});

test('a varint of any whole number up to 2^53 comes back, past fields of every other kind', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.uint8Array({ maxLength: 300 }), (value, bytes) => {
      const message = protobufMessage([{ field: 1, double: 2.5 }, { field: 4, float: 1 }, { field: 900, bytes }, { field: 3, text: 'a' }, { field: 7, varint: 1 }, { field: 2, varint: value }]);
      assert.equal(readVarintField(message, 2), value);
      assert.equal(readVarintField(message, 5), null);
    }),
  );
});

test('bytes that are no message have no field, and end', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void readVarintField(bytes, 2)));
  assert.equal(readVarintField(Uint8Array.from([0x10, 0x80]), 2), null);
  assert.equal(readVarintField(Uint8Array.from([0x17]), 2), null);
});
