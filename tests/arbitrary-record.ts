/** Random rows of a definition, for property tests: any that `checkRecord` accepts, awkward values often among them. */
import fc from 'fast-check';
import type { Field, Fields } from '../schemas/field.ts';
import type { RecordDefinition, RecordOf } from '../schemas/record-definition.ts';

const awkwardTexts = ['', ' ', '\u0000', '\ufeffmark', 'e\u0301 é', '🦊🦊', '\\mask{a{b}c}', 'line\r\nline', '한국어', 'a'.repeat(300)];
const awkwardNumbers = [0, -0, NaN, Infinity, -Infinity, 1, -1, Number.MIN_VALUE, Number.MAX_VALUE];
const awkwardIntegers = [0, 1, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 32 - 1, 2 ** 31];

export function arbitraryRecord<D extends RecordDefinition>(definition: D): fc.Arbitrary<RecordOf<D>> {
  return arbitraryRow(definition) as fc.Arbitrary<unknown> as fc.Arbitrary<RecordOf<D>>;
}

/** The same where the definition is known at run time alone. */
export function arbitraryRow(definition: RecordDefinition): fc.Arbitrary<object> {
  return arbitraryStruct(definition.fields) as fc.Arbitrary<object>;
}

function arbitraryStruct(fields: Fields): fc.Arbitrary<unknown> {
  return fc.record(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, arbitrary(field)])), { noNullPrototype: true });
}

function arbitrary(field: Field): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'utf8':
      return fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.constantFrom(...awkwardTexts));
    case 'bool':
      return fc.boolean();
    case 'int32':
      return fc.oneof(fc.integer(), fc.constantFrom(0, 1, -1, 2 ** 31 - 1, -(2 ** 31)));
    case 'int53':
      return fc.oneof(fc.maxSafeInteger(), fc.constantFrom(...awkwardIntegers)).map((n) => n + 0);
    case 'float32':
      return fc.oneof(fc.float(), fc.constantFrom(...awkwardNumbers.map(Math.fround)));
    case 'float64':
      return fc.oneof(fc.double(), fc.constantFrom(...awkwardNumbers));
    case 'enum':
      return fc.constantFrom(...field.values);
    case 'nullable':
      return fc.option(arbitrary(field.of));
    case 'list':
      return fc.array(arbitrary(field.of), { maxLength: 4 });
    case 'struct':
      return arbitraryStruct(field.fields);
  }
}
