import { bool, int32, list, nullable, oneOf, struct, utf8 } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';
import { deadLetter } from './dead-letter.ts';
import { scoredGroups } from './edges.ts';
import { evaluationRow } from './evaluation-row.ts';
import { gradientBatch } from './gradient-batch.ts';
import { scoredGroup } from './scored-group.ts';
import { stepReport } from './step-report.ts';

/*
 * What processes tell each other beside the edges. Run and epoch stand in the headers of every message; dead letters of the corpus travel in the envelope of
 * an admission.
 */

const corpusPosition = utf8('Where the corpus stands, as JSON.');

/** Topic `grants`, train to source. */
export const creditGrant = defineRecord('credit_grant', 1, 'Leave to admit one cohort of paragraphs.', {
  step: int32('Optimiser step.', 'step'),
  firstSlot: int32("0 for the step's own cohort; the number of slots so far for a refill.", 'slot'),
  count: int32('Paragraphs.', 'paragraphs'),
});
export type CreditGrantMessage = RecordOf<typeof creditGrant>;

/** Topic `admissions`, source to train. */
export const admission = defineRecord('admission', 1, 'The answer to one grant.', {
  grant: struct(creditGrant.fields, 'The grant.'),
  admitted: int32('Paragraphs admitted.', 'paragraphs'),
  exhausted: bool('Whether the corpus holds no whole further step.'),
  position: corpusPosition,
});
export type AdmissionMessage = RecordOf<typeof admission>;

export const policyAnnouncements = [
  'epoch', // the gradient sink starts, from this version on
  'update', // a version made by a step
  'end', // the run is over
] as const;

const storedWeights = struct({ address: utf8('Where they lie, relative to the shared storage.'), sha256: utf8('Of its files, hexadecimal.') }, 'A folder of weights.');

/** Topic `policy-versions`, train to all. Each says all that a worker which starts now must know. */
export const policyAnnouncement = defineRecord('policy_announcement', 1, 'Which weights there are from now on, or the end of the run.', {
  kind: oneOf(policyAnnouncements, '`epoch`: the gradient sink starts; `update`: a step made it; `end`: the run is over.'),
  version: int32('Optimiser steps since the base model.', 'steps'),
  step: int32('Last step that was done; 0 for the base model.', 'step'),
  startStep: int32('The step that the epoch goes on from.', 'step'),
  startPosition: nullable(utf8('Where the corpus stood at the start of the epoch, as JSON; null for its beginning.')),
  weights: nullable(storedWeights),
  config: utf8('Fingerprint of the config: of the keys that all workers must share.'),
});
export type PolicyAnnouncement = RecordOf<typeof policyAnnouncement>;

/** Topic `step-commits`, train to log: brings the run's folder to its last whole checkpoint. The message's offset is the epoch. */
export const epochBegins = defineRecord('epoch_begins', 1, 'The gradient sink starts and asks where the run stands.', {
  sink: utf8('What tells this start from others.'),
});
export type EpochBegins = RecordOf<typeof epochBegins>;

/** Topic `step-commits`, train to log: all of a step's commit but its paragraphs, which the log has from the edge `scored-groups`. */
export const stepToCommit = defineRecord('step_to_commit', 4, 'A step that is done and not yet durable.', {
  step: int32('Optimiser step.', 'step'),
  paragraphIds: list(utf8('Paragraph id.'), "The step's paragraphs, in slot order."),
  groups: nullable(list(struct(scoredGroup.fields, 'Group.'), 'Groups of these paragraphs, where the sink scored them as a step; null where they are those of the edge.')),
  gradientBatches: list(struct(gradientBatch.fields, 'Micro-batch.'), 'Of the update.'),
  evaluations: list(struct(evaluationRow.fields, 'Sample.'), 'Held-out samples taken after the step.'),
  deadLetters: list(struct(deadLetter.fields, 'Letter.'), 'What the step gave up.'),
  report: struct(stepReport.fields, 'What the step did.'),
  corpusPosition,
  pendingIds: list(utf8('Paragraph id.'), 'Scored already, waiting for later steps.'),
  pendingLetters: list(struct(deadLetter.fields, 'Letter.'), 'Dead letters of later steps.'),
  checkpoint: nullable(storedWeights),
});
export type StepToCommit = RecordOf<typeof stepToCommit>;

/** Topic `committed-steps`, log to train: the answer to `epoch_begins`, with the epoch in its headers. Dead letters that wait stand in the envelope. */
export const epochReady = defineRecord('epoch_ready', 4, 'What an epoch goes on from.', {
  sink: utf8('The start that is answered.'),
  step: int32('Last step that is durable with a checkpoint; 0 for the base model.', 'step'),
  checkpoint: nullable(utf8("Folder of its checkpoint, relative to the run's.")),
  corpusPosition: nullable(corpusPosition),
  pending: list(struct(scoredGroups.fields, 'Paragraph.'), 'Scored already, waiting for later steps.'),
});
export type EpochReady = RecordOf<typeof epochReady>;

/** Topic `committed-steps`, log to train: the answer to `step_to_commit`. */
export const stepCommitted = defineRecord('step_committed', 1, 'A step that is durable.', { step: int32('Optimiser step.', 'step') });
export type StepCommitted = RecordOf<typeof stepCommitted>;

/** Topic `events`, all to whoever watches. */
export const eventTold = defineRecord('event_told', 1, 'Something that a process tells of its work.', {
  worker: utf8('Its stage and place.'),
  event: utf8('The event, as JSON.'),
});
export type EventTold = RecordOf<typeof eventTold>;
