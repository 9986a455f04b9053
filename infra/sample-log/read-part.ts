/**
 * A table's rows of one committed step. In: a run's folder, the step's line of the manifest, the table. Out: its rows; none where the step has none. The
 * part is held against the manifest before it is decoded: the decoder may take for ever over altered bytes. Can go wrong: LOG_DAMAGED,
 * RECORD_INVALID.
 */
import { join } from 'node:path';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { RecordDefinition, RecordOf } from '../../schemas/record-definition.ts';
import { checkFile } from '../checkpoints/checksums.ts';
import type { ManifestLine } from '../checkpoints/manifest-line.ts';
import { stepPart } from '../checkpoints/run-layout.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import type { LogTable } from './log-tables.ts';
import { readRecords, type ReadOptions } from './read-records.ts';

export interface CommittedStepAt {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  readonly line: ManifestLine;
}

export async function readPart<D extends RecordDefinition, K extends keyof RecordOf<D> & string = keyof RecordOf<D> & string>(
  { fileSystem, directory, line }: CommittedStepAt,
  { folder, definition }: LogTable<D>,
  options: ReadOptions<K> = {},
): Promise<Pick<RecordOf<D>, K>[]> {
  const path = stepPart(folder, line.step);
  const rows: Pick<RecordOf<D>, K>[] = [];
  const part = line.files.find((file) => file.path === path);
  if (part === undefined) return rows;
  const file = join(directory, path);
  const problem = await checkFile(fileSystem, directory, part, { content: true });
  if (problem !== null) throw new PretrainZeroError('LOG_DAMAGED', problem, { file });
  for await (const row of readRecords(fileSystem, file, definition, options)) rows.push(row);
  return rows;
}
