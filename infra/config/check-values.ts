/**
 * In: merged values, where each was given, and what they must be. Out: the values, typed. Can go wrong: CONFIG_UNKNOWN_KEY with the nearest known key, CONFIG_INVALID
 * with what is allowed; either names file and line, and tells of all that is wrong at once.
 */
import type { z } from 'zod';
import type { ErrorCode } from '../../schemas/error-codes.ts';
import { PretrainZeroError, type ErrorPlace } from '../../schemas/pretrain-zero-error.ts';
import type { ConfigPlace, ConfigTree } from './config-source.ts';
import { distance, nearest } from './nearest.ts';
import { allowed, type SchemaKeys } from './schema-keys.ts';
import { isTree } from './merge-trees.ts';

export interface BrokenRelation {
  readonly keys: readonly string[];
  readonly what: string;
}

export interface ValueRules<T> {
  readonly schema: z.ZodType<T>;
  readonly keys: SchemaKeys;
  /** What is broken between keys that are each valid. */
  readonly relations: (values: T) => readonly BrokenRelation[];
}

interface Problem {
  readonly code: ErrorCode;
  readonly key: string;
  readonly what: string;
}

/** @param places dotted key -> its place, the key given last at the end. */
export function checkValues<T>({ schema, keys, relations }: ValueRules<T>, values: ConfigTree, places: ReadonlyMap<string, ConfigPlace>): T {
  const parsed = schema.safeParse(values);
  if (!parsed.success) return refuse(parsed.error.issues.flatMap((issue) => problemsOf(issue, values, keys)), places);
  const broken = relations(parsed.data);
  if (broken.length > 0) return refuse(broken.map(({ keys: concerned, what }) => ({ code: 'CONFIG_INVALID', key: lastGiven(concerned, places), what })), places);
  return parsed.data;
}

function problemsOf(issue: { readonly code: string; readonly path: readonly PropertyKey[]; readonly keys?: readonly string[] }, values: ConfigTree, keys: SchemaKeys): Problem[] {
  const key = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') return (issue.keys ?? []).map((name) => unknownKey(key === '' ? name : `${key}.${name}`, keys));
  const named = keys.schemaOf(key) === undefined ? key.slice(0, key.lastIndexOf('.')) : key; // an item of a list
  if (issue.code === 'invalid_key') return [{ code: 'CONFIG_INVALID', key, what: `${key} is no name of letters, digits, _ and -` }];
  const value = valueAt(values, named);
  const may = allowed(keys.schemaOf(named) ?? {});
  const what = value === undefined ? `${named} is missing` : `${named} is ${typeof value === 'number' ? String(value) : JSON.stringify(value)}`;
  return [{ code: 'CONFIG_INVALID', key: named, what: `${what}; it must be ${may}` }];
}

/** Of keys that do not fit each other, the one that was given last: what was there before fitted. */
function lastGiven(keys: readonly string[], places: ReadonlyMap<string, ConfigPlace>): string {
  const order = [...places.keys()];
  return keys.toSorted((a, b) => order.indexOf(b) - order.indexOf(a))[0] ?? '';
}

/** The nearest key beside it where one is near; else the same name elsewhere; else the nearest beside it all the same. */
function unknownKey(key: string, keys: SchemaKeys): Problem {
  const at = key.lastIndexOf('.') + 1;
  const [section, name] = [key.slice(0, at), key.slice(at)];
  const siblings = keys.namesIn(section.slice(0, -1));
  const sibling = nearest(name, siblings);
  const elsewhere = keys.all.find((known) => known.endsWith(`.${name}`));
  const known = elsewhere !== undefined && distance(name, sibling) > 2 ? elsewhere : section + sibling;
  return { code: 'CONFIG_UNKNOWN_KEY', key, what: `there is no key ${key}; did you mean ${known}?` };
}

function refuse(problems: readonly Problem[], places: ReadonlyMap<string, ConfigPlace>): never {
  const [first, ...others] = problems;
  const more = others.map(({ key, what }) => `\n  and ${what}${placeInWords(placeOf(key, places))}`).join('');
  const place = placeOf(first?.key ?? '', places);
  const of: ErrorPlace = { ...(place && { file: place.file }), ...(place?.line != null && { line: place.line }) };
  const error = new PretrainZeroError(first?.code ?? 'CONFIG_INVALID', first?.what ?? 'invalid', of);
  throw more === '' ? error : new PretrainZeroError(error.code, error.message + more);
}

/** Of the key itself, else of the section that it should stand in. */
function placeOf(key: string, places: ReadonlyMap<string, ConfigPlace>): ConfigPlace | undefined {
  for (let path = key; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const place = places.get(path);
    if (place !== undefined) return place;
  }
  return undefined;
}

function placeInWords(place: ConfigPlace | undefined): string {
  if (place === undefined) return '';
  return place.line === null ? ` (${place.file})` : ` (${place.file}, line ${place.line})`;
}

function valueAt(values: ConfigTree, key: string): unknown {
  return key.split('.').reduce<unknown>((value, name) => (isTree(value) ? value[name] : undefined), values);
}
