/**
 * The run-time check of a record. In: a definition and any value. Out: what is wrong with it, field by field; nothing where it
 * is right. A right record costs one pass of predicates compiled once a definition; paths are built for wrong ones alone.
 *
 * Right means that the record can be written and read back as the same value: strings are well-formed UTF-16, `int53` is a
 * safe integer, `float32` is a value that 32 bits hold (NaN and infinities included), lists are plain arrays, and no field
 * is missing, undefined or unknown.
 */
import type { Field, Fields } from './field.ts';
import type { RecordDefinition } from './record-definition.ts';

export interface Issue {
  /** Where, for example `ledger[0].dropped[2].count`; empty for the record itself. */
  readonly path: string;
  readonly message: string;
}

/** Issues told of one record; a record wrong throughout does not fill the screen. */
const maxIssues = 20;

type Predicate = (value: unknown) => boolean;

const compiled = new WeakMap<RecordDefinition, Predicate>();

export function checkRecord(definition: RecordDefinition, value: unknown): readonly Issue[] {
  let accepts = compiled.get(definition);
  if (accepts === undefined) {
    accepts = acceptsStruct(definition.fields);
    compiled.set(definition, accepts);
  }
  return accepts(value) ? [] : explained(definition, value);
}

const compiledOfColumns = new WeakMap<RecordDefinition, Predicate>();

/** Of a record that was read from Arrow columns of this definition: they hold nothing but values of their types, so that enums and safe integers are left to check. */
export function checkColumnRecord(definition: RecordDefinition, record: object): readonly Issue[] {
  let accepts = compiledOfColumns.get(definition);
  if (accepts === undefined) {
    accepts = columnStructPredicate(definition.fields) ?? (() => true);
    compiledOfColumns.set(definition, accepts);
  }
  return accepts(record) ? [] : explained(definition, record);
}

function explained(definition: RecordDefinition, value: unknown): readonly Issue[] {
  const issues: Issue[] = [];
  explainStruct(definition.fields, value, '', issues);
  return issues.slice(0, maxIssues);
}

/** Null where a column of the field's type can hold nothing wrong. */
function columnPredicate(field: Field): Predicate | null {
  switch (field.type) {
    case 'enum':
    case 'int53':
      return accepts(field);
    case 'nullable': {
      const inner = columnPredicate(field.of);
      return inner && ((value) => value === null || inner(value));
    }
    case 'list': {
      const inner = columnPredicate(field.of);
      return inner && ((value) => (value as readonly unknown[]).every(inner));
    }
    case 'struct':
      return columnStructPredicate(field.fields);
    default:
      return null;
  }
}

function columnStructPredicate(fields: Fields): Predicate | null {
  const inner = Object.entries(fields).flatMap(([name, field]) => {
    const predicate = columnPredicate(field);
    return predicate === null ? [] : [[name, predicate] as const];
  });
  if (inner.length === 0) return null;
  return (value) => inner.every(([name, predicate]) => predicate((value as Readonly<Record<string, unknown>>)[name]));
}

const surrogate = /[\ud800-\udfff]/;
const loneSurrogate = /\p{Surrogate}/u;

function accepts(field: Field): Predicate {
  switch (field.type) {
    case 'utf8':
      return (value) => typeof value === 'string' && !(surrogate.test(value) && loneSurrogate.test(value));
    case 'bool':
      return (value) => typeof value === 'boolean';
    case 'int32':
      return (value) => typeof value === 'number' && (value | 0) === value;
    case 'int53':
      return Number.isSafeInteger;
    case 'float32':
      return (value) => typeof value === 'number' && (Math.fround(value) === value || Number.isNaN(value));
    case 'float64':
      return (value) => typeof value === 'number';
    case 'enum': {
      const values = new Set<unknown>(field.values);
      return (value) => values.has(value);
    }
    case 'nullable': {
      const inner = accepts(field.of);
      return (value) => value === null || inner(value);
    }
    case 'list': {
      if (field.of.type === 'int32') return (value) => Array.isArray(value) && areInt32(value);
      if (field.of.type === 'float32') return (value) => Array.isArray(value) && areFloat32(value);
      const inner = accepts(field.of);
      return (value) => Array.isArray(value) && everyElement(value, inner);
    }
    case 'struct':
      return acceptsStruct(field.fields);
  }
}

/** Token ids and log-probabilities are most of a record: a loop of their own, without a call an element. */
function areInt32(values: readonly unknown[]): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== 'number' || (value | 0) !== value) return false;
  }
  return true;
}

function areFloat32(values: readonly unknown[]): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== 'number' || (Math.fround(value) !== value && !Number.isNaN(value))) return false;
  }
  return true;
}

/** `every` leaves holes out; a hole is an undefined element. */
function everyElement(values: readonly unknown[], inner: Predicate): boolean {
  for (let i = 0; i < values.length; i++) if (!inner(values[i])) return false;
  return true;
}

function acceptsStruct(fields: Fields): Predicate {
  const inner = Object.entries(fields).map(([name, field]): [string, Predicate] => [name, accepts(field)]);
  return (value) => {
    if (!isObject(value)) return false;
    for (const [name, predicate] of inner) if (!predicate(value[name])) return false;
    return Object.keys(value).length === inner.length;
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function explain(field: Field, value: unknown, path: string, issues: Issue[]): void {
  if (issues.length >= maxIssues) return;
  if (field.type === 'nullable') {
    if (value !== null) explain(field.of, value, path, issues);
  } else if (field.type === 'list' && Array.isArray(value)) {
    for (let i = 0; i < value.length && issues.length < maxIssues; i++) explain(field.of, value[i], `${path}[${i}]`, issues);
  } else if (field.type === 'struct') {
    explainStruct(field.fields, value, path, issues);
  } else if (!accepts(field)(value)) {
    issues.push({ path, message: `expected ${expectation(field)}, got ${show(value)}` });
  }
}

function explainStruct(fields: Fields, value: unknown, path: string, issues: Issue[]): void {
  if (!isObject(value)) {
    issues.push({ path, message: `expected an object, got ${show(value)}` });
    return;
  }
  const prefix = path === '' ? '' : `${path}.`;
  for (const [name, field] of Object.entries(fields)) explain(field, value[name], prefix + name, issues);
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(fields, name)) issues.push({ path: prefix + name, message: 'unknown field' });
  }
}

function expectation(field: Field): string {
  switch (field.type) {
    case 'utf8':
      return 'a string without lone surrogates';
    case 'bool':
      return 'true or false';
    case 'int32':
      return 'an integer of 32 bits';
    case 'int53':
      return 'a safe integer';
    case 'float32':
      return 'a number of 32 bits';
    case 'float64':
      return 'a number';
    case 'enum':
      return `one of ${field.values.join(', ')}`;
    case 'list':
      return 'a plain array';
    default:
      return field.type;
  }
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : `an object (${value.constructor.name})`;
  return `${value as number | boolean | bigint | null}`;
}
