/** The tables of a run's log as replay sees them: name, record, rows of a step. Where they are kept is the port's (`ports/step-log.ts`). Pure. */
import type { RecordDefinition, RecordOf } from '../../schemas/record-definition.ts';
import { deadLetter } from '../../schemas/records/dead-letter.ts';
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import { evaluationRow } from '../../schemas/records/evaluation-row.ts';
import { gradientBatch } from '../../schemas/records/gradient-batch.ts';
import { maskRollout } from '../../schemas/records/mask-rollout.ts';
import { maskedPassage } from '../../schemas/records/masked-passage.ts';
import { paragraph } from '../../schemas/records/paragraph.ts';
import { predictionRollout } from '../../schemas/records/prediction-rollout.ts';
import { scoredGroup } from '../../schemas/records/scored-group.ts';
import { stepReport } from '../../schemas/records/step-report.ts';

/** In the order in which they are compared: what others follow from comes first. */
export const tableRecords = {
  paragraphs: paragraph,
  maskRollouts: maskRollout,
  passages: maskedPassage,
  predictions: predictionRollout,
  groups: scoredGroup,
  evaluations: evaluationRow,
  deadLetters: deadLetter,
  gradientBatches: gradientBatch,
  steps: stepReport,
} as const satisfies Readonly<Record<string, RecordDefinition>>;

export type TableName = keyof typeof tableRecords;

export const tableNames = Object.keys(tableRecords) as TableName[];

/** Rows by table. */
export type Tables = { readonly [T in TableName]: readonly RecordOf<(typeof tableRecords)[T]>[] };

/** The tables that hold a step's samples. */
export type SampleTables = Pick<Tables, 'paragraphs' | 'maskRollouts' | 'passages' | 'predictions' | 'groups'>;

/** Rows of paragraphs with all that was made of them. */
export function sampleTablesOf(messages: readonly ScoredGroups[]): SampleTables {
  return {
    paragraphs: messages.map((message) => message.paragraph),
    maskRollouts: messages.flatMap((message) => message.maskRollouts),
    passages: messages.flatMap((message) => message.passages),
    predictions: messages.flatMap((message) => message.predictions),
    groups: messages.flatMap((message) => message.groups),
  };
}

/** What tells the rows of a table apart; null where its rows have no name. */
export function rowKey(table: TableName, row: object): string | null {
  const { id, step, kind, itemId, sampleIndex } = row as Readonly<Record<string, unknown>>;
  if (table === 'deadLetters') return null;
  if (table === 'steps') return `step ${String(step)}`;
  if (table === 'evaluations') return `${String(step)}/${String(kind)}/${String(itemId)}/${String(sampleIndex)}`;
  return String(id);
}
