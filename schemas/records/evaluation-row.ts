import { bool, int32, nullable, oneOf, utf8 } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';

/** One held-out question, or one mask proposed on a held-out paragraph, under one policy version. */
export const evaluationRow = defineRecord('evaluation_row', 1, 'One held-out sample.', {
  step: int32('Optimiser step after which it was taken; 0 is the base model.', 'step'),
  kind: oneOf(['cloze', 'mask-probe'] as const, '`cloze`: a fixed masked span predicted; `mask-probe`: a mask proposed.'),
  itemId: utf8('Id of the held-out item.'),
  sampleIndex: int32('Sample of the item, from 0.', 'index'),
  spanClass: utf8('Class of the span; `unlabelled` where the side file has none, empty for an unusable mask.'),
  expected: nullable(utf8('The hidden text (cloze).')),
  answer: nullable(utf8('The parsed answer or mask.')),
  responseText: utf8('The response.'),
  correct: bool('Cloze: answer equals expected. Probe: the mask is usable.'),
});
export type EvaluationRow = RecordOf<typeof evaluationRow>;
