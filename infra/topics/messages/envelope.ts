import { list, struct } from '../../../schemas/field.ts';
import type { RecordDefinition, RecordOf } from '../../../schemas/record-definition.ts';
import { deadLetter, type DeadLetter } from '../../../schemas/records/dead-letter.ts';

/** A message's value: a record, and the dead letters that were made on its way so far. */
export interface Envelope<D extends RecordDefinition> {
  readonly record: RecordOf<D>;
  readonly letters: readonly DeadLetter[];
}

const envelopes = new WeakMap<RecordDefinition, RecordDefinition>();

/** The one row of a message of this record, under the record's own name and version. */
export function envelopeOf(definition: RecordDefinition): RecordDefinition {
  let envelope = envelopes.get(definition);
  if (envelope === undefined) {
    const fields = { record: struct(definition.fields, definition.doc), letters: list(struct(deadLetter.fields, 'Letter.'), 'Dead letters made on the way.') };
    envelope = { ...definition, fields };
    envelopes.set(definition, envelope);
  }
  return envelope;
}
