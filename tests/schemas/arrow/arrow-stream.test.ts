import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { loadZstd } from '../../../infra/sample-log/zstd.ts';
import { seedOf, uniforms } from '../../../operators/flow/seeds.ts';
import { arrowSchema } from '../../../schemas/arrow/arrow-schema.ts';
import type { BufferCompression } from '../../../schemas/arrow/buffer-compression.ts';
import { fromArrowStream } from '../../../schemas/arrow/from-arrow-stream.ts';
import { toArrowStream } from '../../../schemas/arrow/to-arrow-stream.ts';
import { list, nullable, struct, utf8, int32, float32, float64 } from '../../../schemas/field.ts';
import { defineRecord, type RecordDefinition } from '../../../schemas/record-definition.ts';
import { deadLetter } from '../../../schemas/records/dead-letter.ts';
import { recordDefinitions } from '../../../schemas/records/index.ts';
import { policyVersion } from '../../../schemas/records/policy-version.ts';
import { arbitraryRecord } from '../../arbitrary-record.ts';

const zstd = await loadZstd();
const compression: BufferCompression = { compress: (bytes) => zstd.compress(bytes, 3), decompress: (frame, bytes) => zstd.decompress(frame, bytes) };

describe('records as Arrow streams', () => {
  for (const definition of recordDefinitions as readonly (typeof policyVersion)[]) {
    for (const [how, by] of [['plain', null], ['compressed', compression]] as const) {
      test(`come back as they were, ${how}: ${definition.name}`, () => {
        fc.assert(
          fc.property(fc.array(arbitraryRecord(definition), { maxLength: 5 }), (rows) => {
            const bytes = toArrowStream(definition, rows, by);
            assert.deepEqual(fromArrowStream(definition, bytes, { compression: by }), rows);
          }),
          { numRuns: 30, seed: 2 },
        );
      });
    }
  }

  test('keep nulls within lists, structs and lists of structs', () => {
    const definition: RecordDefinition = defineRecord('nested', 1, 'For the test.', {
      holes: list(nullable(int32('Integer.')), 'List with nulls.'),
      maybeList: nullable(list(nullable(float64('Float.')), 'List or null.')),
      maybeStruct: nullable(struct({ text: utf8('Text.'), inner: nullable(struct({ n: int32('Integer.') }, 'Inner.')) }, 'Struct or null.')),
      lists: list(list(nullable(utf8('Text.')), 'Inner.'), 'List of lists.'),
    });
    const nested = definition as typeof policyVersion; // any type that the compiler can take apart
    fc.assert(
      fc.property(fc.array(arbitraryRecord(nested), { maxLength: 9 }), (rows) => {
        const bytes = toArrowStream(nested, rows);
        assert.deepEqual(fromArrowStream(nested, bytes), rows);
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  test('are read by the library, field by field', () => {
    const row = { version: 3, step: 3, checkpoint: 'checkpoints/step-000003' };
    assert.deepEqual(tableFromIPC(toArrowStream(policyVersion, [row])).get(0)?.toJSON(), row);
  });

  test('are read from wherever they lie in memory, a Buffer of a pool among them', () => {
    const row = { version: 3, step: 3, checkpoint: 'checkpoints/step-000003' };
    const bytes = toArrowStream(policyVersion, [row]);
    for (const offset of [0, 1, 3, 8]) {
      const larger = Buffer.alloc(bytes.length + 20, 0xff);
      larger.set(bytes, offset);
      assert.deepEqual(fromArrowStream(policyVersion, larger.subarray(offset, offset + bytes.length)), [row]);
    }
  });

  test('large buffers that a piece shows to be noise stand as they were, and are read as before', () => {
    const draw = uniforms(seedOf(5, 'noise'));
    const definition = defineRecord('tokens', 1, 'For the test.', { ids: list(int32('Id.'), 'Ids.'), logprobs: list(float32('Log-probability.'), 'Log-probabilities.') });
    const count = 40_000; // 160,000 bytes each
    const row = { ids: Array.from({ length: count }, (_, i) => i % 7), logprobs: [...new Float32Array(Uint32Array.from({ length: count }, () => draw() * 2 ** 32).buffer)] };
    const asked: number[] = [];
    const counting: BufferCompression = {
      ...compression,
      compress(bytes) {
        asked.push(bytes.length);
        return compression.compress(bytes);
      },
    };
    const bytes = toArrowStream(definition, [row], counting);
    assert.equal(asked.filter((length) => length === 4 * count).length, 1, 'of two large buffers, the ids alone');
    assert.ok(bytes.length > 4 * count && bytes.length < 4.1 * count);
    assert.deepEqual(fromArrowStream(definition, bytes, { compression }), [row]);
  });

  test('carry name and version', () => {
    assert.deepEqual([...arrowSchema(policyVersion).metadata], [['pretrainzero.record', 'policy_version'], ['pretrainzero.version', '1']]);
  });

  test('are refused as another record and when cut', () => {
    const row = { version: 1, step: 1, checkpoint: null };
    const bytes = toArrowStream(policyVersion, [row]);
    assert.throws(() => fromArrowStream(deadLetter as unknown as typeof policyVersion, bytes), { code: 'MESSAGE_FOREIGN', message: /holds policy_version, version 1; dead_letter, version 1, is read here/ });
    for (let length = 0; length < bytes.length; length++) {
      assert.throws(() => fromArrowStream(policyVersion, bytes.subarray(0, length)), { code: 'RECORD_INVALID' }, `cut at ${length}`);
    }
  });

  test('may not come to more bytes than allowed, whatever they claim', () => {
    const letters = Array.from({ length: 100 }, () => ({ version: 1, step: 1, checkpoint: 'x'.repeat(10_000) }));
    const bytes = toArrowStream(policyVersion, letters, compression);
    assert.ok(bytes.length < 20_000, 'a frame of a million equal letters is small');
    assert.throws(() => fromArrowStream(policyVersion, bytes, { compression, maxBytes: 500_000 }), { code: 'RECORD_INVALID', message: /more than 500000 bytes/ });
    assert.equal(fromArrowStream(policyVersion, bytes, { compression, maxBytes: 2_000_000 }).length, 100);
  });

  test('never do anything but be read or refused, however a bit or a byte of them is changed', () => {
    const rows = fc.sample(arbitraryRecord(deadLetter), { numRuns: 2, seed: 3 });
    for (const by of [null, compression]) {
      const bytes = toArrowStream(deadLetter, rows, by);
      for (let at = 0; at < bytes.length; at++) {
        for (const change of [0x01, 0x80, 0xff]) {
          const damaged = bytes.slice();
          damaged[at]! ^= change;
          try {
            fromArrowStream(deadLetter, damaged, { compression: by, maxBytes: 1e6 });
          } catch (error) {
            assert.match((error as { code?: string }).code ?? String(error), /^(RECORD_INVALID|MESSAGE_FOREIGN)$/, `byte ${at}`);
          }
        }
      }
    }
  });
});
