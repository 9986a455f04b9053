/**
 * What the config's schema says of its keys. Out: every key with its type and text, as JSON Schema, and what a key may hold in words. Nothing can go wrong.
 */
import { z } from 'zod';
import { configSchema } from '../../schemas/config/config.ts';

/** The part of JSON Schema that the config's schema makes use of. */
export interface KeySchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly KeySchema[];
  readonly items?: KeySchema;
  readonly properties?: Readonly<Record<string, KeySchema>>;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly pattern?: string;
  readonly minLength?: number;
}

const root = z.toJSONSchema(configSchema) as KeySchema;

/** Dotted keys of all values, in the schema's order; sections not among them. */
export const configKeys: readonly string[] = keysBelow(root, '');

/** The schema of a section or value; undefined where there is no such key. `''` is the whole config. */
export function keySchema(key: string): KeySchema | undefined {
  return key === '' ? root : key.split('.').reduce<KeySchema | undefined>((schema, name) => propertiesOf(schema)?.[name], root);
}

/** The names of the keys of a section; none where it is no section. */
export function keyNames(section: string): string[] {
  return Object.keys(propertiesOf(keySchema(section)) ?? {});
}

/** What may stand there, in words: `a whole number of at least 1`, `one of default, one-mask, whole-words`. */
export function allowed(schema: KeySchema): string {
  if (schema.anyOf) return schema.anyOf.map(allowed).join(', or ');
  if (isList(schema.type)) return schema.type.map((type) => allowed({ ...schema, type })).join(', or ');
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  switch (schema.type) {
    case 'object':
      return `a section with the keys ${Object.keys(schema.properties ?? {}).join(', ')}`;
    case 'array':
      return `a list, each ${allowed(schema.items ?? {})}`;
    case 'integer':
      return `a whole number${range(schema)}`;
    case 'number':
      return `a number${range(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    default:
      if (schema.pattern !== undefined) return `text that matches ${schema.pattern}`;
      return schema.minLength === undefined ? 'text' : 'text that is not empty';
  }
}

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: KeySchema): string {
  const low = exclusiveMinimum ?? real(minimum);
  const high = exclusiveMaximum ?? real(maximum);
  if (low === undefined && high === undefined) return '';
  if (exclusiveMinimum === undefined && exclusiveMaximum === undefined && low !== undefined && high !== undefined) return ` from ${low} to ${high}`;
  const from = low === undefined ? [] : [exclusiveMinimum === undefined ? `of at least ${low}` : `above ${low}`];
  const to = high === undefined ? [] : [exclusiveMaximum === undefined ? `of at most ${high}` : `below ${high}`];
  return ` ${[...from, ...to].join(' and ')}`;
}

/** Without the bounds that only say "safe integer". */
function real(bound: number | undefined): number | undefined {
  return bound === undefined || !Number.isSafeInteger(bound) || Math.abs(bound) < Number.MAX_SAFE_INTEGER ? bound : undefined;
}

function keysBelow(schema: KeySchema, prefix: string): string[] {
  return Object.entries(propertiesOf(schema) ?? {}).flatMap(([name, below]) =>
    propertiesOf(below) === undefined ? [prefix + name] : keysBelow(below, `${prefix}${name}.`),
  );
}

/** The keys of a section, also of one that may be null. */
function propertiesOf(schema: KeySchema | undefined): Readonly<Record<string, KeySchema>> | undefined {
  return schema?.properties ?? schema?.anyOf?.find(({ properties }) => properties !== undefined)?.properties;
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}
