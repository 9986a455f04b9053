/**
 * The schema that stands at the beginning of an IPC stream: what its writer meant. In: the metadata of a Schema message (Arrow's Schema.fbs). Out: fields by
 * name, in order. Throws RangeError where it is broken or uses a type that no record definition has.
 */
import { flatByte, flatChild, flatInt16, flatInt32, flatTables, flatText, type FlatTable } from './flat-table.ts';

export interface WrittenField {
  readonly name: string;
  readonly nullable: boolean;
  readonly type: 'utf8' | 'bool' | 'int32' | 'int53' | 'float32' | 'float64' | 'list' | 'struct';
  readonly children: readonly WrittenField[];
}

export interface WrittenSchema {
  readonly fields: readonly WrittenField[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** Fields of a schema, all levels together: the largest of ours has some 150. Shared tables would otherwise multiply without end. */
const maxFields = 5000;

export function writtenSchema(schema: FlatTable): WrittenSchema {
  if (flatInt16(schema, 0) !== 0) throw new RangeError('the stream is big-endian');
  const budget = { fields: maxFields };
  const fields = flatTables(schema, 1).map((field) => writtenField(field, budget));
  const metadata = flatTables(schema, 2).map((entry) => [flatText(entry, 0) ?? '', flatText(entry, 1) ?? ''] as const);
  return { fields, metadata: new Map(metadata) };
}

function writtenField(field: FlatTable, budget: { fields: number }): WrittenField {
  if (--budget.fields < 0) throw new RangeError(`the schema has more than ${maxFields} fields`);
  if (flatChild(field, 4) !== null) throw new RangeError('the schema has a dictionary');
  const children = flatTables(field, 5).map((child) => writtenField(child, budget));
  const type = typeOf(flatByte(field, 2), flatChild(field, 3));
  if (type === 'list' && children.length !== 1) throw new RangeError('a list has one child');
  if (type !== 'list' && type !== 'struct' && children.length > 0) throw new RangeError(`${type} has no children`);
  return { name: flatText(field, 0) ?? '', nullable: flatByte(field, 1) !== 0, type, children };
}

function typeOf(type: number, detail: FlatTable | null): WrittenField['type'] {
  switch (type) {
    case 2: {
      const bits = detail === null ? 0 : flatInt32(detail, 0);
      if (detail !== null && flatByte(detail, 1) !== 0 && bits === 32) return 'int32';
      if (detail !== null && flatByte(detail, 1) !== 0 && bits === 64) return 'int53';
      break;
    }
    case 3: {
      const precision = detail === null ? 0 : flatInt16(detail, 0);
      if (precision === 1) return 'float32';
      if (precision === 2) return 'float64';
      break;
    }
    case 5:
      return 'utf8';
    case 6:
      return 'bool';
    case 12:
      return 'list';
    case 13:
      return 'struct';
  }
  throw new RangeError(`no record has a field of Arrow's type ${type}`);
}
