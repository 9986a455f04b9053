/**
 * What a schema says of its keys, as JSON Schema, and what a key may hold in words. In: a schema. Out: lookups by dotted key. Nothing can go wrong.
 */
import { z } from 'zod';

/** The part of JSON Schema that our schemas make use of. */
export interface KeySchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly KeySchema[];
  readonly items?: KeySchema;
  readonly properties?: Readonly<Record<string, KeySchema>>;
  /** Of a section whose keys are free: what each holds. */
  readonly additionalProperties?: KeySchema | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly pattern?: string;
  readonly minLength?: number;
}

export interface SchemaKeys {
  /** Dotted keys of all values, in the schema's order; sections not among them. */
  readonly all: readonly string[];
  /** The schema of a section or value; undefined where there is no such key. `''` is the whole. */
  schemaOf(key: string): KeySchema | undefined;
  /** The names of the keys of a section; none where it is no section, or one whose keys are free. */
  namesIn(section: string): string[];
}

export function schemaKeys(schema: z.ZodType): SchemaKeys {
  const root = z.toJSONSchema(schema) as KeySchema;
  const schemaOf = (key: string): KeySchema | undefined => (key === '' ? root : key.split('.').reduce<KeySchema | undefined>(below, root));
  return { all: keysBelow(root, ''), schemaOf, namesIn: (section) => Object.keys(propertiesOf(schemaOf(section)) ?? {}) };
}

/** What may stand there, in words: `a whole number of at least 1`, `one of default, one-mask, whole-words`. */
export function allowed(schema: KeySchema): string {
  if (schema.anyOf) return schema.anyOf.map(allowed).join(', or ');
  if (isList(schema.type)) return schema.type.map((type) => allowed({ ...schema, type })).join(', or ');
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  switch (schema.type) {
    case 'object':
      return schema.properties === undefined ? 'a section of keys' : `a section with the keys ${Object.keys(schema.properties).join(', ')}`;
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
  return Object.entries(propertiesOf(schema) ?? {}).flatMap(([name, inner]) =>
    propertiesOf(inner) === undefined ? [prefix + name] : keysBelow(inner, `${prefix}${name}.`),
  );
}

function below(schema: KeySchema | undefined, name: string): KeySchema | undefined {
  const properties = propertiesOf(schema);
  if (properties !== undefined) return properties[name];
  return typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}

/** The keys of a section, also of one that may be null; of several forms, all that any has. */
function propertiesOf(schema: KeySchema | undefined): Readonly<Record<string, KeySchema>> | undefined {
  if (schema?.properties !== undefined) return schema.properties;
  const forms = (schema?.anyOf ?? []).flatMap(({ properties }) => (properties === undefined ? [] : [properties]));
  return forms.length === 0 ? undefined : (Object.assign({}, ...forms) as Readonly<Record<string, KeySchema>>);
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}
