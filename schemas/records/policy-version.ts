import { int32, nullable, utf8 } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';

/** Announces new weights (topic `policy-versions`). */
export const policyVersion = defineRecord('policy_version', 1, 'Weights after an update.', {
  version: int32('Optimiser steps since the base model.', 'updates'),
  step: int32('The step that made it; 0 for the base model.', 'step'),
  checkpoint: nullable(utf8('Folder of its checkpoint, where one was written.')),
});
export type PolicyVersion = RecordOf<typeof policyVersion>;
