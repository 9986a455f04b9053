/**
 * A run's samples, to look at. In: a run's folder, a step, perhaps a slot. Out: which steps are there; paragraphs with all that was
 * made of them. Only committed steps are seen, so a run may be watched while it is written; only the columns shown are decoded: token
 * ids and log-probabilities are left alone unless asked for. Can go wrong: RUN_NOT_FOUND, LOG_DAMAGED, RECORD_INVALID, USAGE.
 */
import { join } from 'node:path';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { RecordDefinition, RecordOf } from '../../schemas/record-definition.ts';
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import { maskRollout, type MaskRollout } from '../../schemas/records/mask-rollout.ts';
import { predictionRollout, type PredictionRollout } from '../../schemas/records/prediction-rollout.ts';
import { readManifest } from '../checkpoints/manifest.ts';
import { layout } from '../checkpoints/run-layout.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { sampleTables, type LogTable } from './log-tables.ts';
import { isShown, type ParagraphSample, type ShownMaskRollout, type ShownPrediction } from './paragraph-sample.ts';
import { readPart, type CommittedStepAt } from './read-part.ts';

export type { ParagraphSample } from './paragraph-sample.ts';

export interface SampleReader {
  /** Committed steps, in order. */
  readonly steps: readonly number[];
  /** The step's paragraphs in order of slot, or the one of a slot. USAGE where step or slot is not there. */
  samples(step: number, slot?: number): Promise<ParagraphSample[]>;
  /** One paragraph whole, with tokens and log-probabilities. */
  whole(step: number, slot: number): Promise<ScoredGroups>;
}

export async function openSamples(fileSystem: FileSystem, directory: string): Promise<SampleReader> {
  if ((await fileSystem.size(join(directory, layout.manifest))) === null) {
    throw new PretrainZeroError('RUN_NOT_FOUND', 'the folder holds no run', { file: directory });
  }
  const { lines } = await readManifest(fileSystem, directory);
  const stepReader = (step: number, slot?: number): RowReader => {
    const line = lines.find((candidate) => candidate.step === step);
    if (line === undefined) throw new PretrainZeroError('USAGE', `the run has no step ${step}; its last is ${lines.length}`, { file: directory });
    return rowReader({ fileSystem, directory, line }, slot);
  };
  return {
    steps: lines.map((line) => line.step),
    samples: async (step, slot) =>
      joinSamples(stepReader(step, slot), directory, step, {
        maskRollouts: Object.keys(maskRollout.fields).filter(isShown) as (keyof ShownMaskRollout)[],
        predictions: Object.keys(predictionRollout.fields).filter(isShown) as (keyof ShownPrediction)[],
      }),
    async whole(step, slot) {
      const all = {
        maskRollouts: Object.keys(maskRollout.fields) as (keyof MaskRollout)[],
        predictions: Object.keys(predictionRollout.fields) as (keyof PredictionRollout)[],
      };
      const [found] = await joinSamples<MaskRollout, PredictionRollout>(stepReader(step, slot), directory, step, all);
      return found!;
    },
  };
}

/** Reads the rows of a table of one step. */
type RowReader = <D extends RecordDefinition, K extends keyof RecordOf<D> & string>(table: LogTable<D>, columns?: readonly K[]) => Promise<Pick<RecordOf<D>, K>[]>;

function rowReader(step: CommittedStepAt, slot?: number): RowReader {
  return (table, columns) => readPart(step, table, { ...(slot !== undefined && { where: { slot } }), ...(columns && { columns }) });
}

interface Columns<M, P> {
  readonly maskRollouts: readonly (keyof M & keyof MaskRollout)[];
  readonly predictions: readonly (keyof P & keyof PredictionRollout)[];
}

/** The rows of all tables, brought together by their paragraph. */
async function joinSamples<M extends ShownMaskRollout, P extends ShownPrediction>(read: RowReader, directory: string, step: number, columns: Columns<M, P>) {
  const paragraphs = await read(sampleTables.paragraphs);
  if (paragraphs.length === 0) throw new PretrainZeroError('USAGE', `step ${step} has no such slot`, { file: directory });
  const [maskRollouts, passages, predictions, groups] = [
    byParagraph((await read(sampleTables.maskRollouts, columns.maskRollouts)) as unknown as M[]),
    byParagraph(await read(sampleTables.passages)),
    byParagraph((await read(sampleTables.predictions, columns.predictions)) as unknown as P[]),
    byParagraph(await read(sampleTables.groups)),
  ];
  return paragraphs.map((paragraph) => ({
    paragraph,
    maskRollouts: maskRollouts(paragraph.id),
    passages: passages(paragraph.id),
    predictions: predictions(paragraph.id),
    groups: groups(paragraph.id),
  }));
}

function byParagraph<T extends { readonly paragraphId: string }>(rows: readonly T[]): (paragraphId: string) => T[] {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const of = found.get(row.paragraphId);
    if (of === undefined) found.set(row.paragraphId, [row]);
    else of.push(row);
  }
  return (paragraphId) => found.get(paragraphId) ?? [];
}
