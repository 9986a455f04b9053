import { int32, int53, nullable, oneOf, utf8 } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';
import { roles } from './scored-group.ts';

/** Something that could not be used, with its cause and origin. The stream went on without it. */
export const deadLetter = defineRecord('dead_letter', 1, 'Something that could not be used, and why.', {
  stage: utf8('The stage that gave it up, for example `corpus` or `reward`.'),
  code: utf8('An error code (schemas/error-codes.ts).'),
  message: utf8('What was wrong and where.'),
  role: nullable(oneOf(roles, 'The role, where it was a rollout.')),
  recordId: nullable(utf8('Id of the record that was given up.')),
  step: nullable(int32('Optimiser step.', 'step')),
  file: nullable(utf8('Input file.')),
  pageId: nullable(utf8('Page of the file.')),
  byteOffset: nullable(int53('Byte offset in the file.', 'bytes')),
});
export type DeadLetter = RecordOf<typeof deadLetter>;
