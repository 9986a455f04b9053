import { int32, list, oneOf, struct, utf8 } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';

/** Why a message could not be used. */
export const refusalCauses = [
  'no-message', // not made by this project
  'other-run',
  'unknown-record', // a record that does not belong on its topic
  'foreign-version', // of a schema that is not compatible with this one
  'too-large', // above what is ever decoded
  'failed-checksum',
  'broken-arrow',
  'wrong-record', // Arrow of the right schema, and values that the record does not allow
  'parts-missing', // of a message that was split, some never came
] as const;
export type RefusalCause = (typeof refusalCauses)[number];

/** A message that could not be used, as it was (topic `dead-letters`). */
export const unreadableMessage = defineRecord('unreadable_message', 1, 'A message that could not be used, and why.', {
  cause: oneOf(refusalCauses, 'Kind of cause.'),
  code: utf8('An error code (schemas/error-codes.ts).'),
  message: utf8('What was wrong and where.'),
  topic: utf8('The topic it lay on.'),
  partition: int32('Its partition.', 'index'),
  offset: utf8('Its offset, decimal.'),
  key: utf8('Its key.'),
  headers: list(struct({ name: utf8('Name.'), value: utf8('Value.') }, 'Header.'), 'Its headers.'),
  value: utf8('Its bytes, in base64.'),
});
export type UnreadableMessage = RecordOf<typeof unreadableMessage>;
