/**
 * The Parquet log of a run behind replay's port. In: a run's folder. Out: its committed steps, each read whole. Every part is held against the manifest first; one that is not
 * as it was committed is told with the step, and its rows are read all the same where that can be done. Can go wrong: RUN_NOT_FOUND; LOG_DAMAGED for an
 * altered manifest, naming its line; RECORD_INVALID; the system's errors.
 */
import { join } from 'node:path';
import type { DamagedPart, LoggedStep, LoggedStepHead, StepLog } from '../../operators/ports/step-log.ts';
import { logPositionOf } from '../../operators/replay/log-position.ts';
import { tableNames, tableRecords, type TableName, type Tables } from '../../operators/replay/logged-tables.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { checkFile } from '../checkpoints/checksums.ts';
import type { ManifestFile, ManifestLine } from '../checkpoints/manifest-line.ts';
import { readManifest } from '../checkpoints/manifest.ts';
import { layout, stepPart } from '../checkpoints/run-layout.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { deadLetterTable, metricTables, sampleTables } from './log-tables.ts';
import { readDamagedPart } from './read-damaged-part.ts';
import { readFieldNames, readRows } from './read-records.ts';

const folders: Readonly<Record<TableName, string>> = {
  paragraphs: sampleTables.paragraphs.folder,
  maskRollouts: sampleTables.maskRollouts.folder,
  passages: sampleTables.passages.folder,
  predictions: sampleTables.predictions.folder,
  groups: sampleTables.groups.folder,
  evaluations: metricTables.evaluations.folder,
  deadLetters: deadLetterTable.folder,
  gradientBatches: metricTables.gradientBatches.folder,
  steps: metricTables.steps.folder,
};

export async function openStepLog(fileSystem: FileSystem, directory: string): Promise<StepLog> {
  const manifest = join(directory, layout.manifest);
  if ((await fileSystem.size(manifest)) === null) throw new PretrainZeroError('RUN_NOT_FOUND', 'the folder holds no run', { file: directory });
  const { lines, altered } = await readManifest(fileSystem, directory);
  if (altered !== null) throw new PretrainZeroError('LOG_DAMAGED', 'the line is altered, or does not follow the one before', { file: manifest, line: altered });
  const place = (table: TableName, step: number): string => stepPart(folders[table], step);
  return {
    steps: lines.map((line) => headOf(directory, line)),
    place,
    read: async (step) => {
      const line = lines.find((candidate) => candidate.step === step);
      if (line === undefined) throw new PretrainZeroError('USAGE', `the run has no step ${step}; its last is ${lines.length}`, { file: directory });
      const parts = new Map<TableName, ReadPart>();
      for (const table of tableNames) {
        const part = line.files.find((file) => file.path === place(table, step));
        parts.set(table, part === undefined ? noRows(table) : await readTable(fileSystem, directory, part, table));
      }
      return stepOf(step, parts);
    },
  };
}

function headOf(directory: string, { step, policyVersion, hash, checkpoint, corpusPosition }: ManifestLine): LoggedStepHead {
  return {
    step,
    policyVersion,
    hash,
    trainedFrom: logPositionOf(corpusPosition),
    checkpoint: checkpoint && { directory: join(directory, checkpoint.folder), files: checkpoint.files },
  };
}

interface ReadPart {
  readonly rows: readonly object[];
  readonly fields: ReadonlySet<string>;
  readonly damage: DamagedPart | null;
}

const noRows = (table: TableName): ReadPart => ({ rows: [], fields: new Set(Object.keys(tableRecords[table].fields)), damage: null });

async function readTable(fileSystem: FileSystem, directory: string, part: ManifestFile, table: TableName): Promise<ReadPart> {
  const file = join(directory, part.path);
  const definition = tableRecords[table];
  const problem = await checkFile(fileSystem, directory, part, { content: true });
  if (problem === null) {
    const rows: object[] = [];
    for await (const row of readRows(fileSystem, file, definition)) rows.push(row);
    return { rows, fields: await readFieldNames(fileSystem, file, definition), damage: null };
  }
  const found = (await fileSystem.size(file)) === null ? null : await readDamagedPart(file, definition.name);
  if (found === null) return { ...noRows(table), damage: { table, problem, readable: false } };
  return { ...found, damage: { table, problem, readable: true } };
}

function stepOf(step: number, parts: ReadonlyMap<TableName, ReadPart>): LoggedStep {
  const entries = [...parts];
  return {
    step,
    tables: Object.fromEntries(entries.map(([table, { rows }]) => [table, rows])) as unknown as Tables,
    fields: Object.fromEntries(entries.map(([table, { fields }]) => [table, fields])) as LoggedStep['fields'],
    damage: entries.flatMap(([, { damage }]) => (damage === null ? [] : [damage])),
  };
}
