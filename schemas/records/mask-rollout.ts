import { int32, nullable, oneOf } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';
import { rolloutFields } from './rollout-fields.ts';

/** Why a generated mask was not usable. */
export const maskRejections = [
  'no-mask', // no balanced \mask{...} in the response
  'empty-mask', // nothing between the braces but white space
  'not-in-paragraph',
  'whole-paragraph', // nothing would be left as context
  'too-many-occurrences', // maxOccurrences or more
  'not-whole-words', // regulariser `whole-words` only
  'prediction-prompt-too-long',
] as const;

/** A rollout of the mask-generation role (policy pi). */
export const maskRollout = defineRecord('mask_rollout', 2, 'A rollout of the mask-generation role.', {
  ...rolloutFields,
  rejection: nullable(oneOf(maskRejections, 'Why no prediction group came of it.')),
  occurrences: nullable(int32('How often the answer occurs in the paragraph.', 'occurrences')),
});
export type MaskRollout = RecordOf<typeof maskRollout>;
