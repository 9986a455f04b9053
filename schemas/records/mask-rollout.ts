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
  'not-whole-words', // regularisers `whole-words` and `content-words`
  'no-content-word', // regulariser `content-words`
  'prediction-prompt-too-long',
] as const;

/** What a mask could only copy of its paragraph: whole words (`masks.constrained`); on a second try (`masks.atLeast`) one name or number, of a paragraph without any one word that carries content. */
export const maskConstraints = ['words', 'names', 'content-words'] as const;
export type MaskConstraint = (typeof maskConstraints)[number];

/** A rollout of the mask-generation role (policy pi). */
export const maskRollout = defineRecord('mask_rollout', 4, 'A rollout of the mask-generation role.', {
  ...rolloutFields,
  rejection: nullable(oneOf(maskRejections, 'Why no prediction group came of it.')),
  occurrences: nullable(int32('How often the answer occurs in the paragraph.', 'occurrences')),
  constraint: nullable(oneOf(maskConstraints, 'What the mask could only copy: whole words of its paragraph; on second tries (masks.atLeast) one name or number, or in a paragraph without any one word that carries content; null: sampled freely.')),
});
export type MaskRollout = RecordOf<typeof maskRollout>;
