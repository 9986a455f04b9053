import type { Field, Fields } from '../schemas/field.ts';

/** A value as the Python readers of the tests print it. */
function canonical(field: Field, value: unknown): unknown {
  if (value === null) return null;
  switch (field.type) {
    case 'int32':
    case 'int53':
      return `int ${value as number}`;
    case 'float32':
    case 'float64': {
      const bits = Buffer.alloc(8);
      bits.writeDoubleBE(value as number);
      return Number.isNaN(value) ? 'float nan' : `float ${bits.toString('hex')}`;
    }
    case 'nullable':
      return canonical(field.of, value);
    case 'list':
      return (value as unknown[]).map((element) => canonical(field.of, element));
    case 'struct':
      return canonicalStruct(field.fields, value as object);
    default:
      return value;
  }
}

export function canonicalStruct(fields: Fields, row: object): object {
  const values = new Map<string, unknown>(Object.entries(row));
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, canonical(field, values.get(name))]));
}
