import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { checkColumnRecord, checkRecord } from '../../schemas/check-record.ts';
import { bool, float32, float64, int32, int53, list, nullable, oneOf, struct, utf8 } from '../../schemas/field.ts';
import { defineRecord } from '../../schemas/record-definition.ts';
import { recordDefinitions } from '../../schemas/records/index.ts';
import { arbitraryRow } from '../arbitrary-record.ts';

const trial = defineRecord('trial', 1, 'For the test.', {
  text: utf8('Text.'),
  flag: bool('Flag.'),
  count: int32('Count.'),
  seed: int53('Seed.'),
  logprob: float32('Nats.'),
  reward: float64('Reward.'),
  role: oneOf(['mask', 'predict'] as const, 'Role.'),
  answer: nullable(utf8('Answer.')),
  spans: list(struct({ start: int32('Start.'), label: nullable(utf8('Label.')) }, 'Span.'), 'Spans.'),
});

const right = {
  text: 'ok 🦊',
  flag: true,
  count: -(2 ** 31),
  seed: Number.MAX_SAFE_INTEGER,
  logprob: -0.5,
  reward: 0.1,
  role: 'mask',
  answer: null,
  spans: [{ start: 0, label: null }],
};

describe('checkRecord', () => {
  test('finds nothing in a right record, NaN and infinities among the floats included', () => {
    assert.deepEqual(checkRecord(trial, right), []);
    assert.deepEqual(checkRecord(trial, { ...right, logprob: NaN, reward: -Infinity, answer: '', spans: [] }), []);
  });

  const wrong: [why: string, change: object, path: string, message: RegExp][] = [
    ['a lone surrogate', { text: 'half \ud83e' }, 'text', /lone surrogates/],
    ['a number for a flag', { flag: 1 }, 'flag', /expected true or false, got 1/],
    ['an integer too wide', { count: 2 ** 31 }, 'count', /32 bits, got 2147483648/],
    ['a fraction', { count: 0.5 }, 'count', /integer/],
    ['an unsafe integer', { seed: 2 ** 53 }, 'seed', /safe integer/],
    ['a value that 32 bits cannot hold', { logprob: 0.1 }, 'logprob', /number of 32 bits, got 0.1/],
    ['a number as text', { reward: '1' }, 'reward', /expected a number, got "1"/],
    ['a value outside the enum', { role: 'judge' }, 'role', /one of mask, predict, got "judge"/],
    ['undefined for null', { answer: undefined }, 'answer', /got nothing/],
    ['null where it is not allowed', { text: null }, 'text', /got null/],
    ['a typed array', { spans: new Int32Array(2) }, 'spans', /plain array/],
    ['a hole', { spans: new Array(1) }, 'spans[0]', /expected an object, got nothing/],
    ['a wrong field deep inside', { spans: [right.spans[0], { start: 'x', label: null }] }, 'spans[1].start', /got "x"/],
    ['an unknown field deep inside', { spans: [{ start: 1, label: null, end: 2 }] }, 'spans[0].end', /unknown field/],
    ['an unknown field', { extra: 1 }, 'extra', /unknown field/],
  ];
  for (const [why, change, path, message] of wrong) {
    test(`names ${why}`, () => {
      const issues = checkRecord(trial, { ...right, ...change });
      assert.equal(issues.length, 1);
      assert.equal(issues[0]?.path, path);
      assert.match(issues[0].message, message);
    });
  }

  test('names a missing field', () => {
    const without = Object.fromEntries(Object.entries(right).filter(([name]) => name !== 'count'));
    assert.deepEqual(checkRecord(trial, without), [{ path: 'count', message: 'expected an integer of 32 bits, got nothing' }]);
  });

  test('refuses what is no object', () => {
    for (const value of [null, undefined, 3, 'text', [right]]) assert.equal(checkRecord(trial, value).length, 1);
  });

  test('does not tell more than twenty issues', () => {
    const spans = Array.from({ length: 1000 }, () => ({ start: 'x', label: null }));
    assert.equal(checkRecord(trial, { ...right, spans }).length, 20);
  });

  for (const definition of recordDefinitions) {
    test(`accepts every ${definition.name}, and none with a field left out`, () => {
      const [field] = Object.keys(definition.fields);
      fc.assert(
        fc.property(arbitraryRow(definition), (row) => {
          assert.deepEqual(checkRecord(definition, row), []);
          assert.notDeepEqual(checkRecord(definition, { ...row, [field ?? '']: undefined }), []);
        }),
        { numRuns: 30, seed: 3 },
      );
    });
  }
});

describe('checkColumnRecord', () => {
  test('finds what columns of the right types can hold and the record may not', () => {
    assert.deepEqual(checkColumnRecord(trial, right), []);
    assert.deepEqual(checkColumnRecord(trial, { ...right, role: 'judge' }).map(({ path }) => path), ['role']);
    assert.deepEqual(checkColumnRecord(trial, { ...right, seed: 2 ** 60 }).map(({ path }) => path), ['seed']);
    const nested = defineRecord('nested', 1, 'For the test.', { parts: list(struct({ kind: nullable(oneOf(['a'] as const, 'Kind.')), n: int32('N.') }, 'Part.'), 'Parts.') });
    assert.deepEqual(checkColumnRecord(nested, { parts: [{ kind: null, n: 1 }, { kind: 'a', n: 2 }] }), []);
    assert.deepEqual(checkColumnRecord(nested, { parts: [{ kind: 'a', n: 1 }, { kind: 'b', n: 2 }] }).map(({ path }) => path), ['parts[1].kind']);
  });

  test('finds nothing in a record of texts and numbers alone', () => {
    assert.deepEqual(checkColumnRecord(defineRecord('plain', 1, 'For the test.', { text: utf8('Text.') }), { text: '' }), []);
  });
});
