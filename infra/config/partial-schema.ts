/**
 * A schema for editors. In: a section's JSON Schema. Out: the same without `required`, at every depth; what a key may hold stands in its description, where hovering shows it.
 * Nothing can go wrong.
 */
import { allowed, type KeySchema } from './schema-keys.ts';

type EditorSchema = KeySchema & { readonly additionalProperties?: KeySchema | boolean };

export function partialSchema(schema: KeySchema): EditorSchema {
  const { properties, anyOf, ...others } = schema;
  const rest = Object.fromEntries(Object.entries(others).filter(([name]) => name !== '$schema' && name !== 'required')) as KeySchema;
  if (properties === undefined) {
    const description = `${rest.description ?? ''} It is ${allowed(schema)}.`.trim();
    if (anyOf === undefined) return { ...rest, description };
    return { ...rest, anyOf: anyOf.map((each) => (each.properties === undefined && each.anyOf === undefined ? each : partialSchema(each))), description };
  }
  return { ...rest, properties: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, partialSchema(inner)])), additionalProperties: false };
}
