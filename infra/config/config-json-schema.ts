/**
 * The config's schema for editors: JSON Schema of a YAML file, in which every key may be left out, with `extends` beside them. Out: text for
 * `pipelines/configs/config.schema.json`. Nothing can go wrong.
 */
import { keySchema } from './config-keys.ts';
import { partialSchema } from './partial-schema.ts';

export function configJsonSchema(): string {
  const root = partialSchema(keySchema('') ?? {});
  const extendsKey = { type: 'string', minLength: 1, description: 'A bundled config or the path of a YAML file, relative to this one; what stands here replaces what stands there.' };
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'pretrainzero config',
    ...root,
    properties: { extends: extendsKey, ...root.properties },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
