/**
 * The config's schema for editors: JSON Schema of a YAML file, in which every key may be left out, with `extends` beside them. Out: text for
 * `pipelines/configs/config.schema.json`. Nothing can go wrong.
 */
import { allowed, keySchema, type KeySchema } from './config-keys.ts';

export function configJsonSchema(): string {
  const root = partial(keySchema('') ?? {});
  const extendsKey = { type: 'string', minLength: 1, description: 'A bundled config or the path of a YAML file, relative to this one; what stands here replaces what stands there.' };
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'pretrainzero config',
    ...root,
    properties: { extends: extendsKey, ...root.properties },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

type JsonSchema = KeySchema & { readonly additionalProperties?: false };

/** Without `required`, at every depth; what a key may hold stands in its description, where hovering shows it. */
function partial(schema: KeySchema): JsonSchema {
  const { properties, anyOf, ...others } = schema;
  const rest = Object.fromEntries(Object.entries(others).filter(([name]) => name !== '$schema' && name !== 'required')) as KeySchema;
  if (properties === undefined) {
    const description = `${rest.description ?? ''} It is ${allowed(schema)}.`.trim();
    if (anyOf === undefined) return { ...rest, description };
    return { ...rest, anyOf: anyOf.map((each) => (each.properties === undefined && each.anyOf === undefined ? each : partial(each))), description };
  }
  return { ...rest, properties: Object.fromEntries(Object.entries(properties).map(([name, below]) => [name, partial(below)])), additionalProperties: false };
}
