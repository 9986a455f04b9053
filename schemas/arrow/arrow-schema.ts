/**
 * A record definition as Apache Arrow: what messages are made of where they leave the process. In: a definition. Out: the schema.
 *
 * `enum` is Utf8, `int53` is Int64; `nullable` is the field's flag. Name and version stand in the schema's metadata.
 */
import { Bool, Field as ArrowField, Float32, Float64, Int32, Int64, List, Schema, Struct, Utf8, type DataType } from 'apache-arrow';
import type { Field, Fields } from '../field.ts';
import type { RecordDefinition } from '../record-definition.ts';

/** Keys of the schema's metadata. */
export const arrowKeys = {
  record: 'pretrainzero.record',
  version: 'pretrainzero.version',
  rows: 'pretrainzero.rows', // of a message: a stream that was cut has fewer
} as const;

export function arrowSchema({ name, version, fields }: RecordDefinition): Schema {
  return new Schema(arrowFields(fields), new Map([[arrowKeys.record, name], [arrowKeys.version, String(version)]]));
}

export function arrowFields(fields: Fields): ArrowField[] {
  return Object.entries(fields).map(([name, field]) => arrowField(name, field));
}

export function arrowField(name: string, field: Field): ArrowField {
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
