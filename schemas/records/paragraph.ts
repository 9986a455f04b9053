import { float32, int32, list, nullable, utf8 } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';
import { corpusParagraphFields } from './corpus-paragraph.ts';

/** A paragraph admitted to a step against a credit (edge `paragraphs`). */
export const paragraph = defineRecord('paragraph', 2, 'A paragraph admitted to a step.', {
  id: utf8('`step/slot`, for example `000012/03`.'),
  step: int32('Optimiser step that the paragraph was admitted for, from 1.', 'step'),
  slot: int32('Place within the step, from 0; refills continue the count.', 'index'),
  cohortFirstSlot: int32('First slot of the paragraphs admitted together: 0, or the first of a refill.', 'index'),
  cohortSize: int32('How many were admitted together: all of them make one batch of rollouts.', 'paragraphs'),
  ...corpusParagraphFields,
  tokenEntropies: nullable(
    list(float32('Entropy.', 'nats'), "Entropy of the policy's distribution of each token of `text`, given the title and the tokens before it; as many as a prompt may have. Null where the pipeline does not ask for it."),
  ),
});
export type Paragraph = RecordOf<typeof paragraph>;
