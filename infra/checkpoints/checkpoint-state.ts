/**
 * What a checkpoint holds beside the engine's weights: where the corpus stood (`run-state.json`) and what was scored already for
 * later steps (`pending.parquet`, where there is any). Can go wrong: LOG_DAMAGED for a state that cannot be read.
 */
import { join } from 'node:path';
import { z } from 'zod';
import type { CorpusPosition } from '../../operators/ports/paragraph-source.ts';
import type { ResumePoint, StepCommit } from '../../operators/ports/run-store.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { scoredGroups, type ScoredGroups } from '../../schemas/records/edges.ts';
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
});

/** Messages with all their rollouts are big: few to a row group. */
const pendingRowGroupRows = 16;

export async function writeCheckpointState(fileSystem: FileSystem, folder: string, commit: StepCommit, settings: ParquetSettings): Promise<void> {
  const { step, report, corpusPosition, pending } = commit;
  const state: z.infer<typeof stateSchema> = { format: 1, step, policyVersion: report.policyVersion, corpusPosition, pending: pending.length };
  await writeFile(fileSystem, join(folder, checkpointFiles.state), `${JSON.stringify(state)}\n`);
  if (pending.length === 0) return;
  const file = join(folder, checkpointFiles.pending);
  await writeRecords(fileSystem, file, scoredGroups, pending, { ...settings, rowGroupRows: pendingRowGroupRows });
}

export async function readCheckpointState(fileSystem: FileSystem, folder: string): Promise<ResumePoint> {
  const file = join(folder, checkpointFiles.state);
  const state = stateSchema.safeParse(parseJson(await readText(fileSystem, file)));
  if (!state.success) throw new PretrainZeroError('LOG_DAMAGED', 'the state of the checkpoint cannot be read', { file }, state.error);
  const { step, corpusPosition, pending } = state.data;
  return { step, checkpointDirectory: folder, corpusPosition: corpusPosition satisfies CorpusPosition, pending: await readPending(fileSystem, folder, pending) };
}

async function readPending(fileSystem: FileSystem, folder: string, expected: number): Promise<ScoredGroups[]> {
  if (expected === 0) return [];
  const file = join(folder, checkpointFiles.pending);
  const pending: ScoredGroups[] = [];
  for await (const message of readRecords(fileSystem, file, scoredGroups)) pending.push(message);
  if (pending.length !== expected) {
    throw new PretrainZeroError('LOG_DAMAGED', `${pending.length} messages were waiting; the state says ${expected}`, { file });
  }
  return pending;
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
