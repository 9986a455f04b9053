import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { byteRange } from '../../../../infra/explorer/server/byte-range.ts';

test('ranges as the standard has them', () => {
  assert.deepEqual(byteRange('bytes=0-9', 100), { first: 0, last: 9 });
  assert.deepEqual(byteRange('bytes=90-', 100), { first: 90, last: 99 });
  assert.deepEqual(byteRange('bytes=90-400', 100), { first: 90, last: 99 });
  assert.deepEqual(byteRange('bytes=-10', 100), { first: 90, last: 99 });
  assert.deepEqual(byteRange('bytes=-400', 100), { first: 0, last: 99 });
});

test('what is no range gives the whole, what lies behind the end nothing', () => {
  for (const header of [undefined, '', 'bytes=', 'bytes=-', 'bytes=9-3', 'items=0-9', 'bytes=0-1,4-5', 'bytes=a-b']) assert.equal(byteRange(header, 100), 'whole', header);
  assert.equal(byteRange('bytes=100-', 100), 'unsatisfiable');
  assert.equal(byteRange('bytes=0-', 0), 'unsatisfiable');
  assert.equal(byteRange('bytes=-0', 100), 'unsatisfiable');
});

test('a range never leaves the file', () => {
  const header = fc.tuple(fc.option(fc.nat(), { nil: '' }), fc.option(fc.nat(), { nil: '' })).map(([from, to]) => `bytes=${from}-${to}`);
  fc.assert(
    fc.property(header, fc.nat(), (text, size) => {
      const range = byteRange(text, size);
      if (typeof range === 'string') return;
      assert.ok(range.first >= 0 && range.first <= range.last && range.last < size);
    }),
  );
});
