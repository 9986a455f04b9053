import { int32, int53, list, utf8 } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';

/** One micro-batch of a step's update. */
export const gradientBatch = defineRecord('gradient_batch', 1, 'One micro-batch of an update.', {
  id: utf8('`step/index`.'),
  step: int32('Optimiser step.', 'step'),
  index: int32('Place within the step, from 0.', 'index'),
  groupIds: list(utf8('ScoredGroup id.'), 'Groups in it.'),
  responses: int32('Rollouts in it.', 'rollouts'),
  responseTokens: int53('Response tokens in it.', 'tokens'),
  tokensComputed: int53('Positions that went through the model.', 'tokens'),
  tokensInRows: int53('Positions that separate rows would have computed.', 'tokens'),
});
export type GradientBatch = RecordOf<typeof gradientBatch>;
