/**
 * The schema of experiment files for editors: JSON Schema, with that of configs, which lies in the folder beside, within every `set`. Out: text for `pipelines/experiments/experiment.schema.json`. Nothing can go wrong.
 */
import { z } from 'zod';
import { experimentSchema } from '../../schemas/experiment/experiment.ts';
import type { KeySchema } from './schema-keys.ts';

/** Keys that a file may leave out, at its head. */
const optional: readonly string[] = ['evaluations', 'measure', 'tuningSeeds'];

export function experimentJsonSchema(): string {
  const { $schema, ...root } = z.toJSONSchema(experimentSchema) as KeySchema & { readonly $schema: string; readonly required: readonly string[] };
  const schema = { $schema, title: 'pretrainzero experiment', ...withConfig(root), required: root.required.filter((name) => !optional.includes(name)) };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function withConfig(schema: KeySchema): KeySchema {
  const { properties, additionalProperties } = schema;
  const section = (name: string, below: KeySchema): object => (name === 'set' ? { $ref: '../configs/config.schema.json', description: below.description } : withConfig(below));
  return {
    ...schema,
    ...(typeof additionalProperties === 'object' && { additionalProperties: withConfig(additionalProperties) }),
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, below]) => [name, section(name, below)])) }),
  };
}
