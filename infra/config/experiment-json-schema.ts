/**
 * The schema of experiment files for editors: JSON Schema, with the config's keys within every `set`. Out: text for `pipelines/experiments/experiment.schema.json`. Nothing can go wrong.
 */
import { z } from 'zod';
import { experimentSchema } from '../../schemas/experiment/experiment.ts';
import { keySchema } from './config-keys.ts';
import { partialSchema } from './partial-schema.ts';
import type { KeySchema } from './schema-keys.ts';

/** Keys that a file may leave out, at its head. */
const optional: readonly string[] = ['evaluations', 'measure', 'tuningSeeds'];

export function experimentJsonSchema(): string {
  const config = partialSchema(keySchema('') ?? {});
  const root = z.toJSONSchema(experimentSchema) as KeySchema & { readonly required: readonly string[] };
  const withConfig = (schema: KeySchema): KeySchema => {
    const { properties, additionalProperties } = schema;
    return {
      ...schema,
      ...(typeof additionalProperties === 'object' && { additionalProperties: withConfig(additionalProperties) }),
      ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, below]) => [name, name === 'set' ? { ...config, description: below.description ?? '' } : withConfig(below)])) }),
    };
  };
  const schema = { ...withConfig(root), title: 'pretrainzero experiment', required: root.required.filter((name) => !optional.includes(name)) };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
