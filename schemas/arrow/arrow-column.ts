/**
 * Values of one field as an Arrow column. In: a field, and as many values as there are rows, of which `checkRecord` would find nothing wrong. Out: the column's
 * data. Numbers go straight into typed arrays, with no builder between: rollouts are mostly token ids and log-probabilities.
 */
import { Bool, Float32, Float64, Int32, Int64, List, makeData, Struct, Utf8, type Data } from 'apache-arrow';
import type { Field } from '../field.ts';
import { arrowField, arrowFields } from './arrow-schema.ts';

export function arrowColumn(field: Field, values: readonly unknown[]): Data {
  const { length } = values;
  switch (field.type) {
    case 'utf8':
    case 'enum':
      return makeData({ type: new Utf8(), length, nullCount: 0, ...utf8Buffers(values as readonly string[]) });
    case 'bool':
      return makeData({ type: new Bool(), length, nullCount: 0, data: bitmap(values as readonly boolean[]) });
    case 'int32':
      return makeData({ type: new Int32(), length, nullCount: 0, data: Int32Array.from(values as readonly number[]) });
    case 'int53':
      return makeData({ type: new Int64(), length, nullCount: 0, data: BigInt64Array.from(values as readonly number[], BigInt) });
    case 'float32':
      return makeData({ type: new Float32(), length, nullCount: 0, data: Float32Array.from(values as readonly number[]) });
    case 'float64':
      return makeData({ type: new Float64(), length, nullCount: 0, data: Float64Array.from(values as readonly number[]) });
    case 'nullable':
      return nullableColumn(field.of, values);
    case 'list': {
      const lists = values as readonly (readonly unknown[])[];
      const type = new List(arrowField('element', field.of));
      return makeData({ type, length, nullCount: 0, valueOffsets: offsetsOf(lists), child: elementColumn(field.of, lists) });
    }
    case 'struct': {
      const rows = values as readonly Readonly<Record<string, unknown>>[];
      const children = Object.entries(field.fields).map(([name, of]) => arrowColumn(of, rows.map((row) => row[name])));
      return makeData({ type: new Struct(arrowFields(field.fields)), length, nullCount: 0, children });
    }
  }
}

function nullableColumn(of: Field, values: readonly unknown[]): Data {
  const present = values.map((value) => value !== null);
  const nullCount = present.reduce((sum, here) => sum + (here ? 0 : 1), 0);
  if (nullCount === 0) return arrowColumn(of, values);
  const column = arrowColumn(of, values.map((value) => (value === null ? emptyValue(of) : value)));
  return column.clone(column.type, 0, column.length, nullCount, [column.valueOffsets, column.values, bitmap(present), column.typeIds]);
}

/** What stands in the place of a null. */
function emptyValue(field: Field): unknown {
  switch (field.type) {
    case 'utf8':
    case 'enum':
      return '';
    case 'bool':
      return false;
    case 'nullable':
      return null;
    case 'list':
      return [];
    case 'struct':
      return Object.fromEntries(Object.entries(field.fields).map(([name, of]) => [name, emptyValue(of)]));
    default:
      return 0;
  }
}

/** The column of all lists' elements, one list after the other. */
function elementColumn(of: Field, lists: readonly (readonly unknown[])[]): Data {
  if (of.type === 'int32') return makeData({ type: new Int32(), ...joined(lists, (length) => new Int32Array(length)) });
  if (of.type === 'float32') return makeData({ type: new Float32(), ...joined(lists, (length) => new Float32Array(length)) });
  if (of.type === 'float64') return makeData({ type: new Float64(), ...joined(lists, (length) => new Float64Array(length)) });
  return arrowColumn(of, lists.flat());
}

function joined<T extends Int32Array | Float32Array | Float64Array>(lists: readonly (readonly unknown[])[], allocate: (length: number) => T) {
  const length = lists.reduce((sum, list) => sum + list.length, 0);
  const data = allocate(length);
  let at = 0;
  for (const list of lists as readonly (readonly number[])[]) {
    data.set(list, at);
    at += list.length;
  }
  return { length, nullCount: 0, data };
}

function offsetsOf(lists: readonly { readonly length: number }[]): Int32Array {
  const offsets = new Int32Array(lists.length + 1);
  for (let i = 0; i < lists.length; i++) offsets[i + 1] = offsets[i]! + lists[i]!.length;
  return offsets;
}

const encoder = new TextEncoder();

function utf8Buffers(texts: readonly string[]): { valueOffsets: Int32Array; data: Uint8Array } {
  const data = encoder.encode(texts.join(''));
  const units = offsetsOf(texts);
  if (data.length === units[texts.length]) return { valueOffsets: units, data }; // ASCII: a byte a unit
  const valueOffsets = new Int32Array(texts.length + 1);
  for (let i = 0; i < texts.length; i++) valueOffsets[i + 1] = valueOffsets[i]! + utf8Length(texts[i]!);
  return { valueOffsets, data };
}

/** Bytes of a well-formed text. */
function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2; // a surrogate pair: 2 units, 4 bytes
  }
  return bytes;
}

function bitmap(bits: readonly boolean[]): Uint8Array {
  const bytes = new Uint8Array((bits.length + 7) >> 3);
  for (let i = 0; i < bits.length; i++) if (bits[i] === true) bytes[i >> 3]! |= 1 << (i & 7);
  return bytes;
}
