/**
 * A record definition as Apache Arrow: what messages are made of where they leave the process. In: a definition, and rows or bytes.
 * Out: the schema; an IPC stream of one batch; the rows again, as they were. Can go wrong: RECORD_INVALID for bytes that are no such
 * stream, are cut, or hold another record or version.
 *
 * `enum` is Utf8, `int53` is Int64; `nullable` is the field's flag. Name and version stand in the schema's metadata.
 */
import {
  Bool,
  Field as ArrowField,
  Float32,
  Float64,
  Int32,
  Int64,
  List,
  makeData,
  RecordBatch,
  RecordBatchReader,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Utf8,
  vectorFromArray,
  type Data,
  type DataType,
} from 'apache-arrow';
import type { Field, Fields } from './field.ts';
import { PretrainZeroError } from './pretrain-zero-error.ts';
import type { RecordDefinition, RecordOf } from './record-definition.ts';

/** Keys of the schema's metadata. */
export const arrowKeys = {
  record: 'pretrainzero.record',
  version: 'pretrainzero.version',
  rows: 'pretrainzero.rows', // of a message: a stream that was cut has fewer
} as const;

export function arrowSchema({ name, version, fields }: RecordDefinition): Schema {
  return new Schema(arrowFields(fields), new Map([[arrowKeys.record, name], [arrowKeys.version, String(version)]]));
}

function arrowFields(fields: Fields): ArrowField[] {
  return Object.entries(fields).map(([name, field]) => arrowField(name, field));
}

function arrowField(name: string, field: Field): ArrowField {
  return field.type === 'nullable' ? new ArrowField(name, arrowType(field.of), true) : new ArrowField(name, arrowType(field), false);
}

function arrowType(field: Field): DataType {
  switch (field.type) {
    case 'utf8':
    case 'enum':
      return new Utf8();
    case 'bool':
      return new Bool();
    case 'int32':
      return new Int32();
    case 'int53':
      return new Int64();
    case 'float32':
      return new Float32();
    case 'float64':
      return new Float64();
    case 'nullable':
      return arrowType(field.of);
    case 'list':
      return new List(arrowField('element', field.of));
    case 'struct':
      return new Struct(arrowFields(field.fields));
  }
}

/** Rows that `checkRecord` accepts, as one IPC stream. */
export function toArrowBatch<D extends RecordDefinition>(definition: D, rows: readonly NoInfer<RecordOf<D>>[]): Uint8Array {
  return writeBatch(definition, rows as readonly unknown[] as readonly Row[]);
}

/** A row whose definition is known at run time alone. */
type Row = Readonly<Record<string, unknown>>;

function writeBatch(definition: RecordDefinition, rows: readonly Row[]): Uint8Array {
  const { fields, metadata } = arrowSchema(definition);
  const schema = new Schema(fields, new Map([...metadata, [arrowKeys.rows, String(rows.length)]]));
  const writer = new RecordBatchStreamWriter().reset(undefined, schema);
  if (rows.length > 0) {
    const children = Object.entries(definition.fields).map(([name, field]) => columnData(field, rows.map((row) => toArrow(field, row[name]))));
    writer.write(new RecordBatch(schema, makeData({ type: new Struct(fields), length: rows.length, nullCount: 0, children })));
  }
  return writer.finish().toUint8Array(true);
}

function columnData(field: Field, values: readonly unknown[]): Data {
  const [data] = vectorFromArray(values, arrowType(field)).data;
  return data!;
}

function toArrow(field: Field, value: unknown): unknown {
  if (value === null) return null;
  if (field.type === 'int53') return BigInt(value as number);
  if (field.type === 'nullable') return toArrow(field.of, value);
  if (field.type === 'list') return (value as readonly unknown[]).map((element) => toArrow(field.of, element));
  if (field.type !== 'struct') return value;
  const fields = Object.entries(field.fields);
  return Object.fromEntries(fields.map(([name, child]) => [name, toArrow(child, (value as Row)[name])]));
}

/** The rows of a stream that `toArrowBatch` made. */
export function fromArrowBatch<D extends RecordDefinition>(definition: D, bytes: Uint8Array): RecordOf<D>[] {
  return readStream(definition, bytes) as unknown[] as RecordOf<D>[];
}

function readStream(definition: RecordDefinition, bytes: Uint8Array): Row[] {
  const { name, version } = definition;
  let metadata: ReadonlyMap<string, string>;
  let rows: Row[];
  try {
    const reader = RecordBatchReader.from(bytes).open();
    metadata = reader.schema.metadata; // gone once it has been read to its end
    requireDefinition(definition, metadata);
    const batches: readonly RecordBatch[] = [...reader].filter((batch) => batch.numRows > 0); // an empty one lacks the columns of lists
    rows = batches.flatMap((batch) => structRows(definition.fields, batch.data));
  } catch (error) {
    if (error instanceof PretrainZeroError) throw error;
    throw new PretrainZeroError('RECORD_INVALID', `the message is no Arrow stream of ${name}, version ${version}`, {}, error);
  }
  const expected = metadata.get(arrowKeys.rows) ?? 'unknown';
  if (expected === String(rows.length)) return rows;
  throw new PretrainZeroError('RECORD_INVALID', `the message holds ${rows.length} rows of ${name}; it was made with ${expected}`);
}

function requireDefinition({ name, version }: RecordDefinition, metadata: ReadonlyMap<string, string>): void {
  const found = `${metadata.get(arrowKeys.record) ?? 'an unnamed record'}, version ${metadata.get(arrowKeys.version) ?? 'unknown'}`;
  if (found !== `${name}, version ${version}`) {
    throw new PretrainZeroError('RECORD_INVALID', `the message holds ${found}, not ${name}, version ${version}`);
  }
}

/** Keeps a byte order mark, which the library's own decoder drops. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function structRows(fields: Fields, data: Data): Row[] {
  const columns = Object.entries(fields).map(([name, field], i) => [name, columnValues(field, data.children[i])] as const);
  return Array.from({ length: data.length }, (_, row) => Object.fromEntries(columns.map(([name, values]) => [name, values[row]])));
}

function columnValues(field: Field, data: Data | undefined): unknown[] {
  if (data === undefined) throw new PretrainZeroError('RECORD_INVALID', 'the message lacks a column');
  if (field.type !== 'nullable') return presentValues(field, data);
  return presentValues(field.of, data).map((value, i) => (data.getValid(i) ? value : null));
}

/** Values of all places; those of null places mean nothing. */
function presentValues(field: Field, data: Data): unknown[] {
  const { length } = data;
  const offsets = data.valueOffsets as Int32Array;
  const values = data.values as unknown;
  switch (field.type) {
    case 'utf8':
    case 'enum':
      return Array.from({ length }, (_, i) => decoder.decode((values as Uint8Array).subarray(offsets[i], offsets[i + 1])));
    case 'bool':
      return Array.from({ length }, (_, i) => (((values as Uint8Array)[i >> 3] ?? 0) & (1 << (i & 7))) !== 0);
    case 'int53':
      return Array.from((values as BigInt64Array).subarray(0, length), Number);
    case 'int32':
    case 'float32':
    case 'float64':
      return Array.from((values as Float64Array).subarray(0, length));
    case 'nullable':
      return columnValues(field, data);
    case 'list': {
      const elements = columnValues(field.of, data.children[0]);
      return Array.from({ length }, (_, i) => elements.slice(offsets[i], offsets[i + 1]));
    }
    case 'struct':
      return structRows(field.fields, data);
  }
}
