import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { packOf, packParts, unpackParts } from '../../../infra/explorer/export-format.ts';

test('parts come out of a pack as they went in', () => {
  const part = fc.record({ step: fc.integer({ min: 1, max: 999_999_999 }), bytes: fc.uint8Array() });
  fc.assert(
    fc.property(fc.uniqueArray(part, { selector: ({ step }) => step }), (parts) => {
      const unpacked = unpackParts(packParts(parts).buffer);
      assert.deepEqual(
        [...unpacked].map(([step, bytes]) => ({ step, bytes: new Uint8Array(bytes) })),
        parts.map(({ step, bytes }) => ({ step, bytes: new Uint8Array(bytes) })),
      );
    }),
  );
});

test('reports of a hundred steps share a pack; every other file has its own', () => {
  assert.equal(packOf('metrics/steps/step=000001.parquet'), 'metrics/steps/from=1');
  assert.equal(packOf('metrics/steps/step=000100.parquet'), 'metrics/steps/from=1');
  assert.equal(packOf('metrics/steps/step=000101.parquet'), 'metrics/steps/from=101');
  assert.equal(packOf('samples/groups/step=000101.parquet'), 'samples/groups/step=000101.parquet');
  assert.equal(packOf('manifest.jsonl'), 'manifest.jsonl');
});
