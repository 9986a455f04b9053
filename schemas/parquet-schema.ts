/**
 * A record definition as Parquet. In: a definition. Out: the file's schema, how each column is encoded, the key-value metadata,
 * and the conversions of a row on its way in and out. Nothing can go wrong for rows that `checkRecord` accepts.
 *
 * | field | Parquet |
 * | --- | --- |
 * | utf8, enum | BYTE_ARRAY (UTF8) |
 * | bool, int32, int53, float32, float64 | BOOLEAN, INT32, INT64, FLOAT, DOUBLE |
 * | nullable | OPTIONAL; everything else is REQUIRED |
 * | list | three-level LIST |
 * | struct | group |
 */
import type { Encoding, KeyValue, SchemaElement } from 'hyparquet';
import type { Field, Fields } from './field.ts';
import type { RecordDefinition } from './record-definition.ts';

/** A Parquet row as the library takes and gives it: INT64 are bigints. */
export type ParquetRow = Record<string, unknown>;

export interface ParquetColumn {
  readonly name: string;
  readonly encoding?: Encoding;
  /** Minimum and maximum of each row group, by which readers skip; for flat columns. */
  readonly statistics: boolean;
}

/** Keys of the file's metadata. */
export const parquetKeys = {
  record: 'pretrainzero.record',
  version: 'pretrainzero.version',
  definition: 'pretrainzero.definition', // JSON: the record's doc and its fields, each with its doc
} as const;

export function parquetSchema(definition: RecordDefinition): SchemaElement[] {
  const fields = Object.entries(definition.fields);
  return [{ name: 'schema', num_children: fields.length }, ...fields.flatMap(([name, field]) => elementsOf(name, field))];
}

function elementsOf(name: string, field: Field, optional = false): SchemaElement[] {
  const base = { name, repetition_type: optional ? 'OPTIONAL' : 'REQUIRED' } as const;
  switch (field.type) {
    case 'nullable':
      return elementsOf(name, field.of, true);
    case 'list':
      return [
        { ...base, converted_type: 'LIST', num_children: 1 },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        ...elementsOf('element', field.of),
      ];
    case 'struct': {
      const fields = Object.entries(field.fields);
      return [{ ...base, num_children: fields.length }, ...fields.flatMap(([child, of]) => elementsOf(child, of))];
    }
    case 'utf8':
    case 'enum':
      return [{ ...base, type: 'BYTE_ARRAY', converted_type: 'UTF8' }];
    case 'bool':
      return [{ ...base, type: 'BOOLEAN' }];
    case 'int32':
      return [{ ...base, type: 'INT32' }];
    case 'int53':
      return [{ ...base, type: 'INT64' }];
    case 'float32':
      return [{ ...base, type: 'FLOAT' }];
    case 'float64':
      return [{ ...base, type: 'DOUBLE' }];
  }
}

/** The columns in order. Floats are never put into a dictionary: it would take -0 for 0. */
export function parquetColumns(definition: RecordDefinition): ParquetColumn[] {
  return Object.entries(definition.fields).map(([name, field]) => {
    const leaves = leafTypes(field);
    const floats = leaves.filter((type) => type === 'float32' || type === 'float64').length;
    const statistics = field.type !== 'list' && field.type !== 'struct';
    if (floats === 0) return { name, statistics };
    return { name, statistics, encoding: floats === leaves.length ? 'BYTE_STREAM_SPLIT' : 'PLAIN' };
  });
}

function leafTypes(field: Field): Field['type'][] {
  if (field.type === 'nullable' || field.type === 'list') return leafTypes(field.of);
  if (field.type === 'struct') return Object.values(field.fields).flatMap(leafTypes);
  return [field.type];
}

export function parquetMetadata(definition: RecordDefinition): KeyValue[] {
  const { name, version, doc, fields } = definition;
  return [
    { key: parquetKeys.record, value: name },
    { key: parquetKeys.version, value: String(version) },
    { key: parquetKeys.definition, value: JSON.stringify({ doc, fields }) },
  ];
}

/** A row ready to be written. */
export function toParquetRow(definition: RecordDefinition): (row: object) => ParquetRow {
  const convert = structConversion(definition.fields, toParquet);
  return (row) => convert(row) as ParquetRow;
}

/** A row as it was before it was written. `columns` limits it to some of the fields. */
export function fromParquetRow(definition: RecordDefinition, columns?: readonly string[]): (row: ParquetRow) => ParquetRow {
  const fields = Object.entries(definition.fields).filter(([name]) => columns?.includes(name) ?? true);
  const convert = structConversion(Object.fromEntries(fields), fromParquet);
  return (row) => convert(row) as ParquetRow;
}

type Conversion = (value: unknown) => unknown;

const same: Conversion = (value) => value;

function toParquet(field: Field): Conversion {
  if (field.type === 'int53') return (value) => BigInt(value as number);
  return containerConversion(field, toParquet);
}

function fromParquet(field: Field): Conversion {
  if (field.type === 'int53') return Number;
  return containerConversion(field, fromParquet);
}

function containerConversion(field: Field, inner: (field: Field) => Conversion): Conversion {
  if (field.type === 'nullable') {
    const convert = inner(field.of);
    return (value) => (value === null || value === undefined ? null : convert(value));
  }
  if (field.type === 'list') {
    const convert = inner(field.of);
    return convert === same ? (value) => Array.from(value as Iterable<unknown>) : (value) => Array.from(value as Iterable<unknown>, convert);
  }
  return field.type === 'struct' ? structConversion(field.fields, inner) : same;
}

function structConversion(fields: Fields, inner: (field: Field) => Conversion): Conversion {
  const conversions = Object.entries(fields).map(([name, field]): [string, Conversion] => [name, inner(field)]);
  return (value) => {
    const row: ParquetRow = {};
    for (const [name, convert] of conversions) row[name] = convert((value as ParquetRow)[name]);
    return row;
  };
}
