/** Every record definition, in the order in which they come about. */
import type { RecordDefinition } from '../record-definition.ts';
import { admission, creditGrant, epochBegins, epochReady, eventTold, policyAnnouncement, stepCommitted, stepToCommit } from './control-messages.ts';
import { benchmarkAnswer } from './benchmark-answer.ts';
import { corpusParagraph } from './corpus-paragraph.ts';
import { deadLetter } from './dead-letter.ts';
import { maskGroup, predictionGroups, scoredGroups } from './edges.ts';
import { evaluationRow } from './evaluation-row.ts';
import { gradientBatch } from './gradient-batch.ts';
import { maskRollout } from './mask-rollout.ts';
import { maskedPassage } from './masked-passage.ts';
import { paragraph } from './paragraph.ts';
import { policyVersion } from './policy-version.ts';
import { predictionRollout } from './prediction-rollout.ts';
import { scoredGroup } from './scored-group.ts';
import { stepReport } from './step-report.ts';
import { stepTiming } from './step-timing.ts';
import { unreadableMessage } from './unreadable-message.ts';

export const recordDefinitions: readonly RecordDefinition[] = [
  corpusParagraph,
  paragraph,
  maskRollout,
  maskedPassage,
  predictionRollout,
  scoredGroup,
  maskGroup,
  predictionGroups,
  scoredGroups,
  gradientBatch,
  stepReport,
  stepTiming,
  evaluationRow,
  benchmarkAnswer,
  policyVersion,
  deadLetter,
  creditGrant,
  admission,
  policyAnnouncement,
  epochBegins,
  stepToCommit,
  epochReady,
  stepCommitted,
  eventTold,
  unreadableMessage,
];
