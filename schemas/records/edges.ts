import { list, struct } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';
import { maskRollout } from './mask-rollout.ts';
import { maskedPassage } from './masked-passage.ts';
import { paragraph } from './paragraph.ts';
import { predictionRollout } from './prediction-rollout.ts';
import { scoredGroup } from './scored-group.ts';

/*
 * A message belongs to one admitted paragraph and grows along the edges:
 * paragraphs -> mask-groups -> prediction-groups -> scored-groups. One message a paragraph keeps credits and order exact.
 */

const maskGroupFields = {
  paragraph: struct(paragraph.fields, 'The admitted paragraph.'),
  maskRollouts: list(struct(maskRollout.fields, 'Rollout.'), 'The group of the generation role; empty where spans are drawn.'),
  passages: list(struct(maskedPassage.fields, 'Passage.'), 'One per usable mask.'),
} as const;

/** Edge `mask-groups`. */
export const maskGroup = defineRecord('mask_group', 5, 'A paragraph with its masks.', maskGroupFields);
export type MaskGroup = RecordOf<typeof maskGroup>;

const predictionGroupFields = {
  ...maskGroupFields,
  predictions: list(struct(predictionRollout.fields, 'Rollout.'), 'All predictions, passage by passage, in order of index.'),
} as const;

/** Edge `prediction-groups`. */
export const predictionGroups = defineRecord('prediction_groups', 5, 'Masks with predictions.', predictionGroupFields);
export type PredictionGroups = RecordOf<typeof predictionGroups>;

/** Edge `scored-groups`. */
export const scoredGroups = defineRecord('scored_groups', 5, 'Predictions with rewards and advantages.', {
  ...predictionGroupFields,
  groups: list(struct(scoredGroup.fields, 'Group.'), 'The generation group (where there is one), then one group a passage.'),
});
export type ScoredGroups = RecordOf<typeof scoredGroups>;
