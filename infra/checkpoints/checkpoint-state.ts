/**
 * What a checkpoint holds beside the engine's weights: where the corpus stood (`run-state.json`) and what was scored already for
 * later steps, with its dead letters (`pending.parquet`, `pending-letters.parquet`, where there are any). Can go wrong: LOG_DAMAGED for a state that cannot be read.
 */
import { join } from 'node:path';
import { z } from 'zod';
import type { CorpusPosition } from '../../operators/ports/paragraph-source.ts';
import type { ResumePoint, StepCommit } from '../../operators/ports/run-store.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { deadLetter } from '../../schemas/records/dead-letter.ts';
import { scoredGroups } from '../../schemas/records/edges.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { readText } from '../file-system/read-file.ts';
import { writeFile } from '../file-system/write-file.ts';
import { readRecords } from '../sample-log/read-records.ts';
import { writeRecords, type ParquetSettings } from '../sample-log/write-records.ts';
import { checkpointFiles } from './run-layout.ts';

const stateSchema = z.strictObject({
  format: z.literal(1),
  step: z.int().min(1),
  policyVersion: z.int().min(0),
  corpusPosition: z.record(z.string(), z.unknown()),
  pending: z.int().min(0), // rows of pending.parquet
  pendingLetters: z.int().min(0).default(0), // rows of pending-letters.parquet
});

/** Messages with all their rollouts are big: few to a row group. */
const pendingRowGroupRows = 16;

export async function writeCheckpointState(fileSystem: FileSystem, folder: string, commit: StepCommit, settings: ParquetSettings): Promise<void> {
  const { step, report, corpusPosition, pending, pendingLetters } = commit;
  const counts = { pending: pending.length, ...(pendingLetters.length > 0 && { pendingLetters: pendingLetters.length }) };
  const state: z.input<typeof stateSchema> = { format: 1, step, policyVersion: report.policyVersion, corpusPosition, ...counts };
  await writeFile(fileSystem, join(folder, checkpointFiles.state), `${JSON.stringify(state)}\n`);
  if (pending.length > 0) await writeRecords(fileSystem, join(folder, checkpointFiles.pending), scoredGroups, pending, { ...settings, rowGroupRows: pendingRowGroupRows });
  if (pendingLetters.length > 0) await writeRecords(fileSystem, join(folder, checkpointFiles.pendingLetters), deadLetter, pendingLetters, settings);
}

export async function readCheckpointState(fileSystem: FileSystem, folder: string): Promise<ResumePoint> {
  const file = join(folder, checkpointFiles.state);
  const state = stateSchema.safeParse(parseJson(await readText(fileSystem, file)));
  if (!state.success) throw new PretrainZeroError('LOG_DAMAGED', 'the state of the checkpoint cannot be read', { file }, state.error);
  const { step, corpusPosition, pending, pendingLetters } = state.data;
  return {
    step,
    checkpointDirectory: folder,
    corpusPosition: corpusPosition satisfies CorpusPosition,
    pending: await readPending(join(folder, checkpointFiles.pending), pending, (path) => readRecords(fileSystem, path, scoredGroups)),
    pendingLetters: await readPending(join(folder, checkpointFiles.pendingLetters), pendingLetters, (path) => readRecords(fileSystem, path, deadLetter)),
  };
}

async function readPending<T>(file: string, expected: number, read: (file: string) => AsyncIterable<T>): Promise<T[]> {
  if (expected === 0) return [];
  const pending: T[] = [];
  for await (const row of read(file)) pending.push(row);
  if (pending.length !== expected) throw new PretrainZeroError('LOG_DAMAGED', `${pending.length} rows were waiting; the state says ${expected}`, { file });
  return pending;
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
