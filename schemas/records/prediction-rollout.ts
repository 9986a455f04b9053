import { bool, int32, nullable, oneOf, utf8 } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';
import { rolloutFields } from './rollout-fields.ts';

/** Why a prediction carries no answer. */
export const predictionRejections = ['no-box', 'empty-box'] as const;

/** A rollout of the mask-prediction role (policy psi). */
export const predictionRollout = defineRecord('prediction_rollout', 2, 'A rollout of the mask-prediction role.', {
  ...rolloutFields,
  passageId: utf8('The masked passage it answers.'),
  maskIndex: int32('Index of the mask within the paragraph.', 'index'),
  rejection: nullable(oneOf(predictionRejections, 'Why there is no answer.')),
  correct: bool('Whether the answer equals the masked text (eq. 8).'),
});
export type PredictionRollout = RecordOf<typeof predictionRollout>;
