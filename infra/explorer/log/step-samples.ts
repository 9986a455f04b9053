/**
 * A step's samples, to look at. In: where bytes come from, a committed step. Out: its paragraphs in order of slot, each with everything that was made of it, without
 * token ids and log-probabilities (`rollout-tokens.ts` reads those of one rollout). Fails as `partRows` does.
 */
import { maskRollout } from '../../../schemas/records/mask-rollout.ts';
import { predictionRollout } from '../../../schemas/records/prediction-rollout.ts';
import type { RecordDefinition, RecordOf } from '../../../schemas/record-definition.ts';
import { sampleTables, type LogTable } from '../../sample-log/log-tables.ts';
import { isShown, type ParagraphSample, type ShownMaskRollout, type ShownPrediction } from '../../sample-log/paragraph-sample.ts';
import type { CommittedStep } from './committed-step.ts';
import type { PartBytes } from './part-bytes.ts';
import { partRows } from './part-rows.ts';

const light = ({ fields }: RecordDefinition): string[] => Object.keys(fields).filter(isShown);

export async function stepSamples(source: PartBytes, step: CommittedStep): Promise<ParagraphSample[]> {
  const [paragraphs, maskRollouts, passages, predictions, groups] = await Promise.all([
    rowsOf(source, step, sampleTables.paragraphs),
    rowsOf(source, step, sampleTables.maskRollouts, light(maskRollout) as (keyof ShownMaskRollout)[]).then(bySlot),
    rowsOf(source, step, sampleTables.passages).then(bySlot),
    rowsOf(source, step, sampleTables.predictions, light(predictionRollout) as (keyof ShownPrediction)[]).then(bySlot),
    rowsOf(source, step, sampleTables.groups).then(bySlot),
  ]);
  return paragraphs.map((paragraph) => ({
    paragraph,
    maskRollouts: maskRollouts(paragraph.slot),
    passages: passages(paragraph.slot),
    predictions: predictions(paragraph.slot),
    groups: groups(paragraph.slot),
  }));
}

/** A table's rows of a step; none where the step has none. */
export async function rowsOf<D extends RecordDefinition, K extends keyof RecordOf<D> & string = keyof RecordOf<D> & string>(
  source: PartBytes,
  { parts }: CommittedStep,
  table: LogTable<D>,
  columns?: readonly K[],
): Promise<Pick<RecordOf<D>, K>[]> {
  const part = parts[table.folder];
  return part === undefined ? [] : partRows(source, part, table, columns);
}

/** Rows by their slot. */
export function bySlot<T extends { readonly slot: number }>(rows: readonly T[]): (slot: number) => T[] {
  const found = new Map<number, T[]>();
  for (const row of rows) {
    const of = found.get(row.slot);
    if (of === undefined) found.set(row.slot, [row]);
    else of.push(row);
  }
  return (slot) => found.get(slot) ?? [];
}
