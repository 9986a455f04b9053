import { bool, int32, list, nullable, oneOf, struct, utf8 } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';
import { deadLetter } from './dead-letter.ts';
import { scoredGroups } from './edges.ts';
import { evaluationRow } from './evaluation-row.ts';
import { gradientBatch } from './gradient-batch.ts';
import { stepReport } from './step-report.ts';

/*
 * What processes tell each other beside the edges. Run and epoch stand in the headers of every message; dead letters of the corpus travel in the envelope of
 * an admission.
 */

const corpusPosition = utf8('Where the corpus stands, as JSON.');

/** Topic `grants`, train to source. */
export const creditGrant = defineRecord('credit_grant', 1, 'Leave to admit one cohort of paragraphs.', {
  step: int32('Optimiser step.'),
  firstSlot: int32("0 for the step's own cohort; the number of slots so far for a refill."),
  count: int32('Paragraphs.'),
});
export type CreditGrantMessage = RecordOf<typeof creditGrant>;

/** Topic `admissions`, source to train. */
export const admission = defineRecord('admission', 1, 'The answer to one grant.', {
  grant: struct(creditGrant.fields, 'The grant.'),
  admitted: int32('Paragraphs admitted.'),
  exhausted: bool('Whether the corpus holds no whole further step.'),
  position: corpusPosition,
});
export type AdmissionMessage = RecordOf<typeof admission>;

export const policyAnnouncements = [
  'epoch', // the gradient sink starts, from this version on
  'update', // a version made by a step
  'end', // the run is over
] as const;

/** Topic `policy-versions`, train to all. */
export const policyAnnouncement = defineRecord('policy_announcement', 1, 'Which weights there are from now on, or the end of the run.', {
  kind: oneOf(policyAnnouncements, '`epoch`: the gradient sink starts; `update`: a step made it; `end`: the run is over.'),
  version: int32('Optimiser steps since the base model.'),
  step: int32('Last step that was done; 0 for the base model.'),
  weights: nullable(struct({ address: utf8('Folder, or s3:// address.'), sha256: utf8('Of its files, hexadecimal.') }, 'Null for the base model of the config.')),
  corpusPosition: nullable(corpusPosition),
});
export type PolicyAnnouncement = RecordOf<typeof policyAnnouncement>;

/** Topic `step-commits`, train to log: brings the run's folder to its last whole checkpoint. */
export const epochBegins = defineRecord('epoch_begins', 1, 'The gradient sink starts and asks where the run stands.', {
  epoch: int32('Starts of the gradient sink, from 1.'),
});
export type EpochBegins = RecordOf<typeof epochBegins>;

/** Topic `step-commits`, train to log: all of a step's commit but its paragraphs, which the log has from the edge `scored-groups`. */
export const stepToCommit = defineRecord('step_to_commit', 1, 'A step that is done and not yet durable.', {
  step: int32('Optimiser step.'),
  paragraphIds: list(utf8('Paragraph id.'), "The step's paragraphs, in slot order."),
  gradientBatches: list(struct(gradientBatch.fields, 'Micro-batch.'), 'Of the update.'),
  evaluations: list(struct(evaluationRow.fields, 'Sample.'), 'Held-out samples taken after the step.'),
  deadLetters: list(struct(deadLetter.fields, 'Letter.'), 'What the step gave up.'),
  report: struct(stepReport.fields, 'What the step did.'),
  corpusPosition,
  pendingIds: list(utf8('Paragraph id.'), 'Scored already, waiting for later steps.'),
  checkpoint: nullable(utf8('Folder on shared storage.')),
});
export type StepToCommit = RecordOf<typeof stepToCommit>;

/** Topic `committed-steps`, log to train: the answer to `epoch_begins`. */
export const epochReady = defineRecord('epoch_ready', 1, 'What an epoch goes on from.', {
  step: int32('Last step that is durable with a checkpoint; 0 for the base model.'),
  checkpoint: nullable(utf8('Folder of its checkpoint.')),
  corpusPosition: nullable(corpusPosition),
  pending: list(struct(scoredGroups.fields, 'Paragraph.'), 'Scored already, waiting for later steps.'),
});
export type EpochReady = RecordOf<typeof epochReady>;

/** Topic `committed-steps`, log to train: the answer to `step_to_commit`. */
export const stepCommitted = defineRecord('step_committed', 1, 'A step that is durable.', { step: int32('Optimiser step.') });
export type StepCommitted = RecordOf<typeof stepCommitted>;
