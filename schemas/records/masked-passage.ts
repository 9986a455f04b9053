import { int32, list, nullable, utf8 } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';

/** A paragraph with one mask's text replaced by `[mask]`: the question of one prediction group. */
export const maskedPassage = defineRecord('masked_passage', 1, 'A paragraph with a span masked.', {
  id: utf8('`step/slot/passage/maskIndex`.'),
  paragraphId: utf8('The paragraph.'),
  step: int32('Optimiser step.', 'step'),
  slot: int32('Slot of the paragraph.', 'index'),
  maskIndex: int32('Index of the mask within the paragraph, from 0.', 'index'),
  maskRolloutId: nullable(utf8('The rollout that proposed it; null where a heuristic chose the span.')),
  maskText: utf8('The hidden text: the answer.'),
  spanStarts: list(int32('Offset in the paragraph.', 'UTF-16 code units'), 'Starts of the replaced occurrences.'),
  text: utf8('The paragraph with `[mask]` in place of each replaced occurrence; or the paragraph up to the token that is asked for, where the next token is.'),
});
export type MaskedPassage = RecordOf<typeof maskedPassage>;
