import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fromArrowStream } from '../../../schemas/arrow/from-arrow-stream.ts';
import { toArrowStream } from '../../../schemas/arrow/to-arrow-stream.ts';
import { bool, float64, int32, int53, list, nullable, oneOf, struct, utf8, type Fields } from '../../../schemas/field.ts';
import { defineRecord, type RecordDefinition } from '../../../schemas/record-definition.ts';

const span = { start: int32('Start.'), label: utf8('Label.') };
const fields = { id: utf8('Id.'), role: oneOf(['mask', 'predict'], 'Role.'), count: int32('Count.'), spans: list(struct(span, 'Span.'), 'Spans.') } satisfies Fields;
const row = { id: 'a', role: 'mask', count: 3, spans: [{ start: 1, label: 'x' }, { start: 2, label: 'y' }] };
const first = trial(1, fields);

function trial(version: number, of: Fields): RecordDefinition {
  return defineRecord('trial', version, 'For the test.', of);
}

/** What a message of version 1 is, read with other fields. */
function read(definition: RecordDefinition, bytes = write(first, row)): unknown {
  const rows: readonly unknown[] = fromArrowStream(definition, bytes);
  return rows[0];
}

function write(definition: RecordDefinition, value: object): Uint8Array {
  return toArrowStream(definition, [value] as readonly unknown[] as readonly never[]);
}

describe('a message of an older version', () => {
  test('has null for a field that was added, at the end, at the beginning and deep inside', () => {
    const note = nullable(utf8('Note.'));
    assert.deepEqual(read(trial(2, { ...fields, note })), { ...row, note: null });
    assert.deepEqual(read(trial(3, { note, ...fields })), { note: null, ...row });
    const deep = { ...fields, spans: list(struct({ weight: nullable(float64('Weight.')), ...span }, 'Span.'), 'Spans.') };
    assert.deepEqual(read(trial(2, deep)), { ...row, spans: row.spans.map((each) => ({ weight: null, ...each })) });
    const whole = { ...fields, more: nullable(list(struct({ flag: bool('Flag.') }, 'Item.'), 'Items.')) };
    assert.deepEqual(read(trial(2, whole)), { ...row, more: null });
  });

  test('is read where a field became nullable or an enum got a further value', () => {
    assert.deepEqual(read(trial(2, { ...fields, count: nullable(fields.count), role: oneOf(['mask', 'predict', 'judge'], 'Role.') })), row);
  });

  const refused: [what: string, of: Fields, why: RegExp][] = [
    ['a required field was added', { ...fields, note: utf8('Note.') }, /the field note is missing/],
    ['a field was removed', { id: fields.id, role: fields.role, spans: fields.spans }, /the field count is not known here/],
    ['a field changed its type', { ...fields, count: int53('Count.') }, /the field count is int32, not int53/],
    ['a list took the place of a value', { ...fields, id: list(utf8('Id.'), 'Ids.') }, /the field id is utf8, not list/],
    ['a field within a list of structs changed', { ...fields, spans: list(struct({ ...span, label: bool('Label.') }, 'Span.'), 'Spans.') }, /the field spans\[\]\.label is utf8, not bool/],
  ];
  for (const [what, of, why] of refused) {
    test(`is refused, naming both versions, where ${what}`, () => {
      assert.throws(() => read(trial(2, of)), { code: 'MESSAGE_FOREIGN', message: /holds trial, version 1; trial, version 2, is read here/ });
      assert.throws(() => read(trial(2, of)), { message: why });
    });
  }

  test('is refused where a nullable field became required', () => {
    const loose = trial(1, { ...fields, count: nullable(fields.count) });
    assert.throws(() => read(trial(2, fields), write(loose, { ...row, count: null })), { code: 'MESSAGE_FOREIGN', message: /the field count is nullable/ });
  });
});

describe('a message of a newer version', () => {
  test('is refused, however little is new: what is not known here would be lost on the way', () => {
    const newer = trial(2, { ...fields, note: nullable(utf8('Note.')) });
    assert.throws(() => read(first, write(newer, { ...row, note: null })), { code: 'MESSAGE_FOREIGN', message: /holds trial, version 2; trial, version 1, is read here/ });
  });
});

test('a message of the same version with other fields is refused: somebody forgot to raise it', () => {
  assert.throws(() => read(trial(1, { ...fields, note: nullable(utf8('Note.')) })), { code: 'MESSAGE_FOREIGN', message: /the field note is missing/ });
});
