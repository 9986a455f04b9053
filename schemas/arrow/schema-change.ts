/**
 * Which changes of a record are compatible, so that messages of the older version are still read. In: the fields of a definition, and the schema that a message was written
 * with. Out: what stands in the way; null where nothing does.
 *
 * Compatible, at any depth: a nullable field is added (it reads as null in older messages); a field becomes nullable; an enum gets a further value. Every other
 * change is not: a field removed, renamed or of another type, a required field added. Compatible or not, the definition's version is raised.
 *
 * One way only. A newer message is refused by older code (from-arrow-stream.ts): what the older code does not know it would drop from the records that it
 * passes on. So workers are brought up to date from the last stage to the first, or all at once between two runs.
 */
import type { Field, Fields } from '../field.ts';
import type { WrittenField } from './written-schema.ts';

export function schemaConflict(fields: Fields, written: readonly WrittenField[], sameVersion: boolean, path = ''): string | null {
  const known = new Map(Object.entries(fields));
  const seen = new Set<string>();
  for (const field of written) {
    const where = path === '' ? field.name : `${path}.${field.name}`;
    const own = known.get(field.name);
    if (own === undefined) return `the field ${where} is not known here`;
    if (seen.has(field.name)) return `the field ${where} is there twice`;
    seen.add(field.name);
    const conflict = fieldConflict(own, field, sameVersion, where);
    if (conflict !== null) return conflict;
  }
  for (const [name, field] of known) {
    if (seen.has(name)) continue;
    if (sameVersion || field.type !== 'nullable') return `the field ${path === '' ? name : `${path}.${name}`} is missing`;
  }
  return null;
}

function fieldConflict(own: Field, written: WrittenField, sameVersion: boolean, where: string): string | null {
  const nullable = own.type === 'nullable';
  const value = nullable ? own.of : own;
  const type = value.type === 'enum' ? 'utf8' : value.type;
  if (written.type !== type) return `the field ${where} is ${written.type}, not ${type}`;
  if (written.nullable !== nullable && (written.nullable || sameVersion)) return `the field ${where} is ${written.nullable ? '' : 'not '}nullable`;
  if (value.type === 'list') return fieldConflict(value.of, written.children[0]!, sameVersion, `${where}[]`);
  return value.type === 'struct' ? schemaConflict(value.fields, written.children, sameVersion, where) : null;
}
