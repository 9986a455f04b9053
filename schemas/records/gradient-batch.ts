import { int32, int53, list, utf8 } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';

/** One micro-batch of a step's update. */
export const gradientBatch = defineRecord('gradient_batch', 1, 'One micro-batch of an update.', {
  id: utf8('`step/index`.'),
  step: int32('Optimiser step.'),
  index: int32('Place within the step, from 0.'),
  groupIds: list(utf8('ScoredGroup id.'), 'Groups in it.'),
  responses: int32('Rollouts.'),
  responseTokens: int53('Response tokens.'),
  tokensComputed: int53('Positions that went through the model.'),
  tokensInRows: int53('What separate rows would have computed.'),
});
export type GradientBatch = RecordOf<typeof gradientBatch>;
