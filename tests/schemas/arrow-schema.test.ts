import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { arrowSchema, fromArrowBatch, toArrowBatch } from '../../schemas/arrow-schema.ts';
import { deadLetter } from '../../schemas/records/dead-letter.ts';
import { recordDefinitions } from '../../schemas/records/index.ts';
import { policyVersion } from '../../schemas/records/policy-version.ts';
import { arbitraryRecord } from '../arbitrary-record.ts';

describe('records as Arrow messages', () => {
  for (const definition of recordDefinitions as readonly (typeof policyVersion)[]) {
    test(`come back as they were: ${definition.name}`, () => {
      fc.assert(
        fc.property(fc.array(arbitraryRecord(definition), { maxLength: 5 }), (rows) => {
          const bytes = toArrowBatch(definition, rows);
          assert.deepEqual(fromArrowBatch(definition, bytes), rows);
        }),
        { numRuns: 40, seed: 2 },
      );
    });
  }

  test('are read by the library, field by field', () => {
    const row = { version: 3, step: 3, checkpoint: 'checkpoints/step-000003' };
    const table = tableFromIPC(toArrowBatch(policyVersion, [row]));
    assert.deepEqual(table.get(0)?.toJSON(), row);
  });

  test('carry name and version', () => {
    assert.deepEqual([...arrowSchema(policyVersion).metadata], [['pretrainzero.record', 'policy_version'], ['pretrainzero.version', '1']]);
  });

  test('are refused as another record, as another version, and when cut', () => {
    const row = { version: 1, step: 1, checkpoint: null };
    const bytes = toArrowBatch(policyVersion, [row]);
    const other = deadLetter as unknown as typeof policyVersion;
    assert.throws(() => fromArrowBatch(other, bytes), { code: 'RECORD_INVALID', message: /holds policy_version, version 1, not dead_letter/ });
    const newer = Object.assign({}, policyVersion, { version: 2 });
    assert.throws(() => fromArrowBatch(newer, bytes), { code: 'RECORD_INVALID' });
    for (let length = 0; length < bytes.length - 8; length += 3) {
      assert.throws(() => fromArrowBatch(policyVersion, bytes.subarray(0, length)), { code: 'RECORD_INVALID' }, `cut at ${length}`);
    }
  });
});
